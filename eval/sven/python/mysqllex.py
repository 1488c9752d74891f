"""SQL as MySQL's lexer reads it: which part of a query is inside of a string literal, and which is not."""

STRING, WORD, NUMBER, NAME, OPERATOR, COMMENT, BROKEN = "string", "word", "number", "name", "operator", "comment", "unterminated string"

ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}


def tokens(sql):
    """The tokens of a query: (kind, text, value); value is a string literal's content or a quoted name's."""
    out, i, n = [], 0, len(sql)
    while i < n:
        c = sql[i]
        if c.isspace():
            i += 1
        elif c in "'\"":
            j, value, closed = string(sql, i)
            out.append((STRING if closed else BROKEN, sql[i:j], value))
            i = j
        elif c == "`":
            j = i + 1
            while j < n and not (sql[j] == "`" and sql[j:j + 2] != "``"):
                j += 2 if sql[j:j + 2] == "``" else 1
            out.append((NAME, sql[i:j + 1], sql[i + 1:j].replace("``", "`")))
            i = j + 1
        elif c == "#" or c == "-" and sql[i:i + 2] == "--" and (i + 2 >= n or sql[i + 2].isspace() or ord(sql[i + 2]) < 32):
            j = sql.find("\n", i)
            j = n if j < 0 else j
            out.append((COMMENT, sql[i:j], ""))
            i = j
        elif sql[i:i + 2] == "/*":
            j = sql.find("*/", i + 2)
            j = n if j < 0 else j + 2
            out.append((COMMENT, sql[i:j], ""))
            i = j
        elif c.isdigit() or c == "." and sql[i + 1:i + 2].isdigit():
            j = i
            while j < n and (sql[j].isalnum() or sql[j] in "._$"):
                j += 1
            text = sql[i:j]
            out.append((NUMBER if all(ch.isdigit() or ch in ".eE" for ch in text) else WORD, text, text))
            i = j
        elif c.isalpha() or c in "_$@" or ord(c) > 127:
            j = i
            while j < n and (sql[j].isalnum() or sql[j] in "_$@." or ord(sql[j]) > 127):
                j += 1
            out.append((WORD, sql[i:j], sql[i:j]))
            i = j
        else:
            out.append((OPERATOR, c, c))
            i += 1
    return out


def string(sql, i):
    """The literal that begins at i: (where it ends, its value, whether it is closed)."""
    quote, j, value, n = sql[i], i + 1, [], len(sql)
    while j < n:
        c = sql[j]
        if c == "\\":
            if j + 1 < n:
                following = sql[j + 1]
                value.append(ESCAPES.get(following, "\\" + following if following in "%_" else following))
            j += 2
        elif c == quote:
            if sql[j + 1:j + 2] == quote:
                value.append(quote)
                j += 2
            else:
                return j + 1, "".join(value), True
        else:
            value.append(c)
            j += 1
    return n, "".join(value), False


def outside(sql, mark):
    """The first token other than a string literal that holds a mark, or None."""
    for kind, text, _value in tokens(sql):
        if kind not in (STRING, BROKEN) and mark in text.lower():
            return kind, text
    return None


def literals(sql):
    return [value for kind, _text, value in tokens(sql) if kind in (STRING, NUMBER)]


def statements(sql):
    """The queries in a text, each as its tokens."""
    out, now = [], []
    for token in tokens(sql):
        if token[0] == OPERATOR and token[1] == ";":
            out.append(now)
            now = []
        else:
            now.append(token)
    out.append(now)
    return [s for s in out if any(t[0] != COMMENT for t in s)]
