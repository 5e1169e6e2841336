"""The index on Tantivy, inside this process. Only this room knows Tantivy.

https://docs.rs/tantivy
"""

from castabout.index.tantivy.index import TantivyIndex

__all__ = ["TantivyIndex"]
