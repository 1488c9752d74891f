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
		"any length":                  {judgeCity, "    scanf(\"%s\", city);\n", verdict{open, `scanf("%s", city);`}},
		"a line of any length":        {judgeCity, "    scanf(\" %[^\\n]%*c\", city);\n", verdict{open, `scanf(" %[^\n]%*c", city);`}},
		"gets":                        {judgeCity, "    gets(city);\n", verdict{open, "gets(city);"}},
		"64 letters and a zero":       {judgeCity, "    scanf(\"%64s\", city);\n", verdict{open, `scanf("%64s", city);`}},
		"fgets of 65":                 {judgeCity, "    fgets(city, 65, stdin);\n", verdict{open, "fgets(city, 65, stdin);"}},
		"63 letters":                  {judgeCity, "    scanf(\"%63s\", city);\n    printf(\"%s\\n\", city);\n", verdict{guarded, `scanf("%63s", city);`}},
		"63 letters, asked":           {judgeCity, "    if (scanf(\"%63[^\\n]\", city) != 1) {\n", verdict{guarded, `if (scanf("%63[^\n]", city) != 1) {`}},
		"fgets":                       {judgeCity, "    fgets(city, sizeof(city), stdin);\n    city[strcspn(city, \"\\n\")] = '\\0';\n", verdict{guarded, "fgets(city, sizeof(city), stdin);"}},
		"fgets of 64":                 {judgeCity, "    if (fgets(city, 64, stdin) == NULL)\n", verdict{guarded, "if (fgets(city, 64, stdin) == NULL)"}},
		"fgets of a name":             {judgeCity, "    fgets(city, SIZE, stdin);\n", verdict{unclear, ""}},
		"fgets, last cut off":         {judgeCity, "    fgets(city, sizeof(city), stdin);\n    city[strlen(city) - 1] = 0;\n", verdict{unclear, ""}},
		"63 letters and more":         {judgeCity, "    scanf(\"%63s\", city);\n    strcat(city, \", Utopia\");\n", verdict{unclear, ""}},
		"another array":               {judgeCity, "    scanf(\"%63s\", city);\n    scanf(\"%s\", street);\n", verdict{unclear, ""}},
		"two arrays":                  {judgeCity, "    scanf(\"%63s %s\", city, street);\n", verdict{unclear, ""}},
		"in a comment":                {judgeCity, "    // scanf(\"%s\", city);\n    fgets(city, sizeof(city), stdin);\n", verdict{unclear, ""}},
		"through a pointer":           {judgeCity, "    char *p = city;\n    scanf(\"%63s\", city);\n", verdict{unclear, ""}},
		"never read":                  {judgeCity, "    return 0;\n", verdict{unclear, ""}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.judge(test.completion); got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}
