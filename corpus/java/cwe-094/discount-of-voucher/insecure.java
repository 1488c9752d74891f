import java.math.BigDecimal;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

public class Vouchers {
    public static BigDecimal reduced(BigDecimal price, String kind, int amount) throws ScriptException {
        BigDecimal value = BigDecimal.valueOf(amount);
        var engine = new ScriptEngineManager().getEngineByName("javascript");
        engine.put("price", price.doubleValue());
        engine.put("value", value.doubleValue());
        BigDecimal result = new BigDecimal(engine.eval(kind).toString());
        return result.max(BigDecimal.ZERO);
    }
}
