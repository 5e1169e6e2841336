"""Values as the formats that others read. Pure."""
