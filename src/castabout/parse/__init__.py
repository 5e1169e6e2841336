"""Bytes from outside to values. Pure: no I/O, no clock; content never raises anything but `NotAFeed`."""
