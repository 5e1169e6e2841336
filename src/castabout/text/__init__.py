"""Text in any language: HTML to text, preparation for the index, matching and marking. Pure."""
