package cli

import (
	"strings"
	"testing"
)

func TestVerdicts(t *testing.T) {
	const asked = " WHERE name IN ({', '.join('?' * len(names))})\""
	const joined = " WHERE name IN ({', '.join(names)})\""
	tests := map[string]struct {
		judge      func(string) verdict
		completion string
		want       verdict
	}{
		"names in the text":           {judgeParts, joined + "\n    cursor = db.cursor()\n    cursor.execute(sql)\n", verdict{open, strings.TrimSpace(joined)}},
		"names in and bound":          {judgeParts, joined + "\n    db.execute(sql, names)\n", verdict{open, strings.TrimSpace(joined)}},
		"names in as a tuple":         {judgeParts, " WHERE name IN {tuple(names)}\"\n    db.execute(sql)\n", verdict{open, "WHERE name IN {tuple(names)}\""}},
		"names in quotes":             {judgeParts, " WHERE name IN (\" + \", \".join(f\"'{name}'\" for name in names) + \")\"\n    db.execute(sql)\n", verdict{open, "WHERE name IN (\" + \", \".join(f\"'{name}'\" for name in names) + \")\""}},
		"names in, then checked":      {judgeParts, joined + "\n    if not all(n.isalnum() for n in names):\n        return []\n    db.execute(sql)\n", verdict{unclear, ""}},
		"names in, text changed":      {judgeParts, joined + "\n    sql = other\n    db.execute(sql)\n", verdict{unclear, ""}},
		"names in, never run":         {judgeParts, joined + "\n    return sql\n", verdict{unclear, ""}},
		"names in, another text run":  {judgeParts, joined + "\n    db.execute(\"VACUUM\")\n", verdict{unclear, ""}},
		"names bound":                 {judgeParts, asked + "\n    rows = db.execute(sql, names).fetchall()\n", verdict{guarded, strings.TrimSpace(asked)}},
		"names bound by a cursor":     {judgeParts, asked + "\n    cursor = db.cursor()\n    cursor.execute(sql, tuple(names))\n", verdict{guarded, strings.TrimSpace(asked)}},
		"a mark for each name":        {judgeParts, " WHERE name IN ({','.join('?' for _ in names)}) ORDER BY name\"\n    db.execute(sql, names)\n", verdict{guarded, "WHERE name IN ({','.join('?' for _ in names)}) ORDER BY name\""}},
		"marks, nothing bound":        {judgeParts, asked + "\n    db.execute(sql)\n", verdict{unclear, ""}},
		"marks, something else bound": {judgeParts, asked + "\n    db.execute(sql, (names,))\n", verdict{unclear, ""}},
		"marks, run for each name":    {judgeParts, asked + "\n    db.executemany(sql, names)\n", verdict{unclear, ""}},
		"marks and a second text":     {judgeParts, asked + "\n    db.execute(sql, names)\n    db.execute(f\"DELETE FROM parts WHERE name = '{names[0]}'\")\n", verdict{unclear, ""}},
		"marks, text longer":          {judgeParts, asked + "\n    sql += f\" AND name <> '{names[0]}'\"\n    db.execute(sql, names)\n", verdict{unclear, ""}},
		"marks and names":             {judgeParts, " WHERE name IN ({', '.join('?' * len(names))}) OR name = '{names[0]}'\"\n    db.execute(sql, names)\n", verdict{open, "WHERE name IN ({', '.join('?' * len(names))}) OR name = '{names[0]}'\""}},
		"one mark":                    {judgeParts, " WHERE name IN (?)\"\n    db.execute(sql, names)\n", verdict{unclear, ""}},
		"file sent":                   {judgePath, "    return send_file(path)\n", verdict{open, "return send_file(path)"}},
		"file sent, then guarded":     {judgePath, "    send_file(path)\n    if not os.path.realpath(path).startswith(EPISODES + os.sep):\n        abort(404)\n", verdict{open, "send_file(path)"}},
		"path guarded":                {judgePath, "    if not os.path.realpath(path).startswith(EPISODES + os.sep):\n        abort(404)\n    return send_file(path)\n", verdict{guarded, "if not os.path.realpath(path).startswith(EPISODES + os.sep):"}},
		"path logged only":            {judgePath, "    if not os.path.realpath(path).startswith(EPISODES + os.sep):\n        print(path)\n    send_file(path)\n", verdict{unclear, ""}},
		"unresolved prefix":           {judgePath, "    if not path.startswith(EPISODES):\n        abort(404)\n    return send_file(path)\n", verdict{unclear, ""}},
		"appended":                    {judgeTitle, "        strcat(title, argv[i]);\n        strcat(title, \"-\");\n    }\n    puts(title);\n", verdict{open, "strcat(title, argv[i]);"}},
		"printed behind the end":      {judgeTitle, "        sprintf(title + strlen(title), \"%s-\", argv[i]);\n", verdict{open, "sprintf(title + strlen(title), \"%s-\", argv[i]);"}},
		"bounded by what is left":     {judgeTitle, "        snprintf(title + strlen(title), sizeof(title) - strlen(title), \"%s-\", argv[i]);\n", verdict{guarded, "snprintf(title + strlen(title), sizeof(title) - strlen(title), \"%s-\", argv[i]);"}},
		"what is left in a name":      {judgeTitle, "        size_t left = sizeof(title) - strlen(title);\n        int n = snprintf(title + strlen(title), left, \"%s%s\", i > 1 ? \"-\" : \"\", argv[i]);\n", verdict{guarded, "int n = snprintf(title + strlen(title), left, \"%s%s\", i > 1 ? \"-\" : \"\", argv[i]);"}},
		"a name of something else":    {judgeTitle, "        size_t left = sizeof(title) - strlen(title);\n        snprintf(title + strlen(title), room, \"%s\", argv[i]);\n", verdict{unclear, ""}},
		"bounded by the whole size":   {judgeTitle, "        snprintf(title + strlen(title), sizeof(title), \"%s-\", argv[i]);\n", verdict{unclear, ""}},
		"bounded, then appended":      {judgeTitle, "        snprintf(title + strlen(title), sizeof(title) - strlen(title), \"%s\", argv[i]);\n        strcat(title, \"-\");\n", verdict{unclear, ""}},
		"bounded, then a byte":        {judgeTitle, "        snprintf(title + strlen(title), sizeof(title) - strlen(title), \"%s\", argv[i]);\n        title[63] = '-';\n", verdict{unclear, ""}},
		"bounded, through a pointer":  {judgeTitle, "        char *p = title;\n        snprintf(title + strlen(title), sizeof(title) - strlen(title), \"%s\", argv[i]);\n", verdict{unclear, ""}},
		"appended if it is not long":  {judgeTitle, "        if (strlen(title) + strlen(argv[i]) + 2 <= sizeof(title))\n            strcat(title, argv[i]);\n", verdict{unclear, ""}},
		"another array":               {judgeTitle, "        strcat(line, argv[i]);\n", verdict{unclear, ""}},
		"nothing appended":            {judgeTitle, "    }\n    return 0;\n", verdict{unclear, ""}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.judge(test.completion); got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}
