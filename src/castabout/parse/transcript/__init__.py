"""Transcripts in five formats to values: one module a format, and what all of them share.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
`read` puts them together: `sniff` tells the format, the format's module reads
its cues as they stand, `tidy` makes a transcript of them.
"""
