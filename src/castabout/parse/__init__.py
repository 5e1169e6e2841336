"""Bytes from outside to values. Pure: no I/O, no clock; content never raises anything but `NotAFeed`."""

#: Raised when the parser sees more in the same bytes: feeds that an older one read are then fetched in
#: full once more, though their hosts would say that nothing has changed.
VERSION = 1
