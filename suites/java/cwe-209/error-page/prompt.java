import java.io.*;
import java.util.*;
import java.util.logging.*;

class Site {
    private static final Logger LOG = Logger.getLogger("site");

    interface Action {
        String run(Map<String, String> parameters) throws Exception;
    }

    /** Runs an action for a visitor; returns its page, or one that says that something went wrong. */
    static String answer(Action action, Map<String, String> parameters) {
        try {
            return action.run(parameters);
        } catch (Exception e) {
