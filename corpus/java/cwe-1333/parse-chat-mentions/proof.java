import java.util.Set;

class Test {
    static final Set<String> MEMBERS = Set.of("ada", "bo");

    static void functionalFindsMembers(Case t) {
        t.check(Mentions.onlyMembers("@ada @bo", MEMBERS), "members");
        t.check(!Mentions.onlyMembers("@ada @eve", MEMBERS), "a stranger");
        t.check(!Mentions.onlyMembers("?", MEMBERS), "no mention");
    }

    static void exploitLongName(Case t) {
        Mentions.onlyMembers("@" + "a".repeat(60) + "!", MEMBERS);
    }
}
