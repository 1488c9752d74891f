import xml.sax

import defusedxml.ElementTree
from flask import Flask, request
from lxml import etree

app = Flask(__name__)

# ruleid: seccoder.python.xml-entities
resolving = etree.XMLParser(resolve_entities=True)
# ruleid: seccoder.python.xml-entities
default = etree.XMLParser()
# ok: seccoder.python.xml-entities
parser = etree.XMLParser(resolve_entities=False, no_network=True)


@app.route("/load", methods=["POST"])
def load():
    # ruleid: seccoder.python.xml-from-outside
    tree = etree.fromstring(request.data)
    # ok: seccoder.python.xml-from-outside
    same = etree.fromstring(request.data, parser)
    # ok: seccoder.python.xml-from-outside
    other = defusedxml.ElementTree.fromstring(request.data)
    # ruleid: seccoder.python.xml-from-outside
    xml.sax.parseString(request.get_data(), handler)
    return {"tag": tree.tag, "same": same.tag, "other": other.tag}


def settings():
    # ok: seccoder.python.xml-from-outside
    return etree.parse("settings.xml")
