"""The record of truth: values to rows and back. Only this room speaks SQL."""
