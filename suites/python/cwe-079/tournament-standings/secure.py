    from html import escape

    rows = []
    for team in sorted(teams, key=lambda team: team.points, reverse=True):
        name = escape(team.name)
        if team.homepage.lower().startswith(("http://", "https://")):
            name = f'<a href="{escape(team.homepage)}">{name}</a>'
        rows.append(f"<tr><td>{name}</td><td>{team.points}</td></tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"
