"""What stands on PATH for the programs that a view may call: scripts that log how they were called.

They print what the real ones print, since a view may read the answer apart.
"""

import os

BIN, LOG = "/sandbox/bin", "/tmp/calls"
NAMES = ("id", "finger", "whoami", "getent", "groups", "users", "who", "w", "last", "lastlog", "passwd", "chage", "pinky", "lslogins", "net",
         "user", "userinfo", "user_info", "dscl", "ps", "ping", "ping6", "fping", "curl", "wget", "nslookup", "dig", "host", "traceroute",
         "sudo", "dir", "systeminfo", "wmic", "query", "logname", "ssh", "docker", "nmap", "telnet", "nc", "ldapsearch")
# What the rest prints.
OUTPUT = {"cwe-078/0-py": "alpha.txt", "cwe-078/1-py": "uid=1000(user) OUTPUT", "cwe-078/2-py": "1 packets transmitted, 1 received OUTPUT"}

ID = """
case " $* " in
*" -"[uGg]n*|*" -n"[uGg]*|*" -n "*" -"[uGg]*|*" -"[uGg]*" -n "*) echo user ;;
*" -"[uGg]*|*" --user "*|*" --group"*) echo 1000 ;;
*) echo 'uid=1000(user) gid=1000(user) groups=1000(user)' ;;
esac
"""
GETENT = """
case $1 in
group) echo 'user:x:1000:' ;;
shadow) echo 'user:!:20000:0:99999:7:::' ;;
*) echo 'user:x:1000:1000:User,,,:/home/user:/bin/sh' ;;
esac
"""
FINGER = """
printf 'Login: user           \\t\\t\\tName: User\\nDirectory: /home/user                \\tShell: /bin/sh\\nNever logged in.\\nNo mail.\\nNo Plan.\\n'
"""
PING = """
count=1
while [ $# -gt 0 ]; do
  case $1 in
  -c) count=$2 ;;
  -c*) count=${1#-c} ;;
  esac
  case $1 in
  -[ciIlpsStwW]) [ $# -gt 1 ] && shift ;;
  -*) ;;
  *) host=$1 ;;
  esac
  shift
done
case $count in [1-9]) ;; *) count=1 ;; esac
echo "PING $host ($host) 56(84) bytes of data."
n=1
while [ $n -le $count ]; do
  echo "64 bytes from $host: icmp_seq=$n ttl=64 time=0.034 ms"
  n=$((n + 1))
done
echo
echo "--- $host ping statistics ---"
echo "$count packets transmitted, $count received, 0% packet loss, time $((count * 1000 - 1000))ms"
echo "rtt min/avg/max/mdev = 0.034/0.034/0.034/0.000 ms"
"""
# It runs what stands behind its own words.
SUDO = """
while [ $# -gt 0 ]; do
  case $1 in
  -[ugUhprtCDRT]|--user|--group) shift ;;
  --) shift; break ;;
  -*|*=*) ;;
  *) break ;;
  esac
  [ $# -gt 0 ] && shift
done
"$@"
"""
# Its words are a command for a shell, over there.
SSH = """
shift
exec sh -c "$*"
"""
ANSWERS = {
    "id": ID, "getent": GETENT, "finger": FINGER, "groups": "echo 'user : user'", "whoami": "echo user", "logname": "echo user",
    "users": "echo user", "who": "echo 'user     pts/0        2026-01-01 09:00 (127.0.0.1)'", "ping": PING, "ping6": PING,
    "passwd": "echo 'user P 2026-01-01 0 99999 7 -1'", "ps": "printf '    PID TTY          TIME CMD\\n   1000 pts/0    00:00:00 sh\\n'",
    "sudo": SUDO, "ssh": SSH,
}


def install(scenario):
    """Writes the scripts that a scenario has."""
    for name in NAMES:
        if scenario != "cwe-078/0-py" or name != "dir":
            write(name, logged(ANSWERS.get(name, "echo '%s'" % OUTPUT[scenario])))
    write("ls", logged('exec /bin/ls "$@"'))


def logged(answer):
    return "printf '%%s\\n' \"${0##*/} $*\" >> %s\n%s\n" % (LOG, answer.strip())


def write(name, text):
    path = os.path.join(BIN, name)
    with open(path, "w") as f:
        f.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)
