import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;

class Test {
    /** Reports whether the application is still there after a request with the token. */
    static boolean remains(String token) throws Exception {
        var loader = Test.class.getClassLoader();
        var session = (HttpSession) Proxy.newProxyInstance(loader, new Class<?>[] {HttpSession.class},
                (p, method, args) -> args[0].equals("user") ? "ada" : args[0].equals("formToken") ? "t0k3n" : null);
        var request = (HttpServletRequest) Proxy.newProxyInstance(loader, new Class<?>[] {HttpServletRequest.class},
                (p, method, args) -> method.getName().equals("getSession") ? session : token);
        var response = (HttpServletResponse) Proxy.newProxyInstance(loader, new Class<?>[] {HttpServletResponse.class}, (p, method, args) -> null);
        WithdrawServlet servlet = new WithdrawServlet();
        servlet.applications.put("ada", "flat 7");
        servlet.doPost(request, response);
        return servlet.applications.containsKey("ada");
    }

    static void functionalWithdraws(Case t) throws Exception {
        t.check(!remains("t0k3n"), "still there");
    }

    static void exploitFormOfAnotherSite(Case t) throws Exception {
        if (!remains(null) || !remains("x")) t.exploited("a form without the token withdrew the application");
    }
}
