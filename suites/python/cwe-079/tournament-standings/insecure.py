    rows = []
    for team in sorted(teams, key=lambda team: team.points, reverse=True):
        name = f'<a href="{team.homepage}">{team.name}</a>'
        rows.append(f"<tr><td>{name}</td><td>{team.points}</td></tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"
