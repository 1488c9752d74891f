import java.util.*;
import java.util.regex.*;

class PageNames {
    /**
     * Says whether a text is the name of a page: words of small letters and digits with single hyphens between them,
     * as in "news" or "summer-party-2024".
     */
    static boolean isPageName(String text) {
