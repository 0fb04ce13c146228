"""A round as those who answer it meet it: by a link or a code, without an account, and without the case's frame."""
