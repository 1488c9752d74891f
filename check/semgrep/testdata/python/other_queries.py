import ldap
from flask import Flask, request
from ldap.filter import escape_filter_chars
from lxml import etree
from pymongo import MongoClient

app = Flask(__name__)
users = MongoClient().shop.users
tree = etree.parse("users.xml")
BASE = "dc=example,dc=org"


@app.route("/ldap")
def find_ldap():
    name = request.args["name"]
    connection = ldap.initialize("ldap://localhost")
    # ruleid: seccoder.python.ldap-injection
    connection.search_s(BASE, ldap.SCOPE_SUBTREE, "(uid=" + name + ")")
    # ok: seccoder.python.ldap-injection
    found = connection.search_s(BASE, ldap.SCOPE_SUBTREE, "(uid=" + escape_filter_chars(name) + ")")
    return {"found": found}


@app.route("/xpath")
def find_xpath():
    name = request.args["name"]
    # ruleid: seccoder.python.xpath-injection
    wrong = tree.xpath("//user[@name='" + name + "']")
    # ok: seccoder.python.xpath-injection
    right = tree.xpath("//user[@name=$name]", name=name)
    return {"found": len(wrong) + len(right)}


@app.route("/mongo", methods=["POST"])
def find_mongo():
    data = request.get_json()
    # ruleid: seccoder.python.nosql-injection
    wrong = users.find_one({"name": data["name"], "password": data["password"]})
    # ok: seccoder.python.nosql-injection
    right = users.find_one({"name": str(data["name"])})
    # ruleid: seccoder.python.nosql-injection
    also = users.find({"$where": "this.name == '" + str(data["name"]) + "'"})
    return {"found": bool(wrong or right or also)}
