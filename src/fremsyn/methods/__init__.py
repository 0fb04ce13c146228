"""Foresight's numeric methods: arrays in, one frozen result out; nothing of the application is needed."""
