"""After the body has decided: what was approved holds, what management may change, and what is watched."""
