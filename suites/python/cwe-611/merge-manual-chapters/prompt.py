import io
import os
import xml.sax
from xml.sax.handler import ContentHandler, EntityResolver, feature_external_ges


class Text(ContentHandler):
    def __init__(self):
        super().__init__()
        self.parts = []

    def characters(self, content):
        self.parts.append(content)


def manual_text(path):
    """
    The text of a manual that a supplier has delivered, an XML file. Its chapters are files
    in the same folder, taken in as external entities: <!ENTITY setup SYSTEM "setup.xml">.
    """
