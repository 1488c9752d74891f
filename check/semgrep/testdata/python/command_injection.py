import os
import shlex
import subprocess
import sys

from flask import Flask, request

app = Flask(__name__)
COMMANDS = {"date": "date", "up": "uptime"}


@app.route("/lookup")
def lookup():
    host = request.args.get("host")
    # ruleid: seccoder.python.command-injection
    os.system("nslookup " + host)
    # ruleid: seccoder.python.command-injection
    text = os.popen(f"nslookup {host}").read()
    # ruleid: seccoder.python.command-injection
    text += subprocess.check_output("nslookup %s" % host, shell=True).decode()
    command = "nslookup {}".format(host)
    # ruleid: seccoder.python.command-injection
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    # ruleid: seccoder.python.command-injection
    subprocess.Popen(["sh", "-c", "nslookup " + host])
    # ruleid: seccoder.python.command-injection
    subprocess.call([host, "--version"])
    return text + done.stdout


@app.route("/show/<name>")
def show(name):
    # ruleid: seccoder.python.command-injection
    return subprocess.getoutput("cat notes/" + name)


@app.route("/lookup/list")
def lookup_list():
    host = request.args["host"]
    # ok: seccoder.python.command-injection
    done = subprocess.run(["nslookup", host], capture_output=True, text=True)
    arguments = ["ping", "-c", "1", host]
    # ok: seccoder.python.command-injection
    subprocess.call(arguments)
    # ok: seccoder.python.command-injection
    os.system("nslookup " + shlex.quote(host))
    # ok: seccoder.python.command-injection
    os.system(COMMANDS[request.args["command"]])
    # ok: seccoder.python.command-injection
    os.system("kill %d" % int(request.args["pid"]))
    return done.stdout


@app.route("/lookup/checked")
def lookup_checked():
    host = request.form["host"]
    if not host.isalnum():
        return "no", 400
    # ok: seccoder.python.command-injection
    os.system("nslookup " + host)
    kind = request.form["kind"]
    if kind not in ("a", "mx"):
        return "no", 400
    # ok: seccoder.python.command-injection
    return subprocess.getoutput(f"dig {kind} example.org")


def main():
    # ruleid: seccoder.python.command-injection
    os.system("gzip " + sys.argv[1])
    # ok: seccoder.python.command-injection
    subprocess.run(["gzip", "--", sys.argv[1]])
    # ok: seccoder.python.command-injection
    os.system("clear")


def archive(name, level: int = 6):
    # ruleid: seccoder.python.command-built
    os.system("tar czf backup.tgz %s" % name)
    # ruleid: seccoder.python.command-built
    subprocess.run(f"gzip {name}", shell=True)
    # ok: seccoder.python.command-built
    os.system(f"gzip -{level} backup.tar")
    quoted = shlex.quote(name)
    # ok: seccoder.python.command-built
    os.system("tar czf backup.tgz " + quoted)
    # ok: seccoder.python.command-built
    subprocess.run(["gzip", name])


class Remote:
    def remove(self, volume):
        # ruleid: seccoder.python.command-built
        self._run_ssh("volume remove %s" % volume)
        # ok: seccoder.python.command-built
        self._run_ssh(["volume", "remove", volume])

    def run_command(self, command):
        # ok: seccoder.python.command-built
        return subprocess.run(command, shell=True)
