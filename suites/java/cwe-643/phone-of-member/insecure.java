        String expression = "/members/member[name = '" + name + "' and pin = '" + pin + "']/phone";
        return xpath.evaluate(expression, members);
    }
