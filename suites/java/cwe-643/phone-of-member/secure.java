        Map<String, String> typed = Map.of("name", name, "pin", pin);
        xpath.setXPathVariableResolver(variable -> typed.get(variable.getLocalPart()));
        return xpath.evaluate("/members/member[name = $name and pin = $pin]/phone", members);
    }
