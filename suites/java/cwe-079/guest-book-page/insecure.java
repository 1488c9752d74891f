        for (Entry entry : entries) {
            html.append("<p><b>").append(entry.name()).append("</b> ").append(entry.message()).append("</p>\n");
        }
        return html.append("</body></html>\n").toString();
    }
