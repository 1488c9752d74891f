import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

class Test {
    /** What the servlet answers: "type", "status" and "body". */
    static Map<String, Object> get(String number) throws Exception {
        Map<String, Object> answer = new HashMap<>(Map.of("status", 200));
        StringWriter body = new StringWriter();
        PrintWriter writer = new PrintWriter(body, true);
        var loader = Test.class.getClassLoader();
        var request = (HttpServletRequest) Proxy.newProxyInstance(loader, new Class<?>[] {HttpServletRequest.class},
                (p, method, args) -> number);
        var response = (HttpServletResponse) Proxy.newProxyInstance(loader, new Class<?>[] {HttpServletResponse.class}, (p, method, args) -> {
            switch (method.getName()) {
                case "setContentType" -> answer.put("type", args[0]);
                case "setStatus" -> answer.put("status", args[0]);
                case "getWriter" -> { return writer; }
                default -> { }
            }
            return null;
        });
        new TrackingServlet().doGet(request, response);
        answer.put("body", body.toString());
        return answer;
    }

    static void functionalTellsThePlace(Case t) throws Exception {
        t.check(get("A100").get("body").toString().contains("in the depot"), "the place");
        t.check(get("B7").get("status").equals(404) && get("B7").get("body").toString().contains("B7"), "no such parcel");
    }

    static void exploitTagInNumber(Case t) throws Exception {
        var answer = get("<script>alert(1)</script>");
        if (answer.get("type").toString().startsWith("text/html") && answer.get("body").toString().contains("<script>")) {
            t.exploited("the page has the visitor's script");
        }
    }
}
