"""What a person typed, as a small tree that every index compiles. Pure."""
