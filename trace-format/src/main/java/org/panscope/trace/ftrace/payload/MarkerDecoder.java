package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that a program or the kernel wrote into the trace: `ip` where it is shown (an address, or
/// the symbol there), `buf`, and for a [Psm1Line] its `verb` and one field per key.
final class MarkerDecoder implements PayloadDecoder {
    static final String IP = "ip";
    static final String BUF = "buf";
    static final String VERB = "verb";

    private static final Pattern CALLER =
            Pattern.compile("(0x[0-9a-fA-F]{1,16}|[A-Za-z_][\\w.$]*): (.*)", Pattern.DOTALL);
    private static final Pattern RAW = Pattern.compile(" *ip=(.*?) buf=(.*)", Pattern.DOTALL);
    private static final Pattern SYMBOL = Pattern.compile("\\S+ \\(0x[0-9a-fA-F]{1,16}\\)");

    /// Keys whose values are no numbers even where they look like one: checksums and bytes in bare
    /// hexadecimal, names, words.
    private static final Set<String> TEXT_KEYS =
            Set.of(
                    "crc", "d", "umd", "drv", "gpu", "clk", "feat", "ver", "mode", "op", "fmt", "t",
                    "src");

    private final FieldSetPool pool;
    private final boolean showsCaller;

    /// A decoder for one event.
    ///
    /// @param showsCaller whether the text may begin with the caller and a colon
    MarkerDecoder(FieldSetPool pool, boolean showsCaller) {
        this.pool = pool;
        this.showsCaller = showsCaller;
    }

    @Override
    public @Nullable Payload decode(String text) {
        PayloadBuilder payload = new PayloadBuilder();
        Matcher raw = RAW.matcher(text);
        if (raw.matches() && addCaller(payload, raw.group(1).strip())) {
            return finish(payload, raw.group(2), text);
        }
        Matcher caller = CALLER.matcher(text);
        if (showsCaller && !Psm1Line.isMarked(text) && caller.matches()) {
            if (!addCaller(payload, caller.group(1))) {
                payload.addText(IP, caller.group(1));
            }
            return finish(payload, caller.group(2), text);
        }
        return finish(payload, text, text);
    }

    /// Adds an address, or a symbol with its address; false for anything else.
    private static boolean addCaller(PayloadBuilder payload, String caller) {
        Long address = ValueKind.rawNumber(caller);
        if (address != null) {
            payload.addAddress(IP, address);
        } else if (SYMBOL.matcher(caller).matches()) {
            payload.addText(IP, caller);
        } else {
            return false;
        }
        return true;
    }

    private Payload finish(PayloadBuilder payload, String buf, String text) {
        payload.addText(BUF, buf);
        Psm1Line line = Psm1Line.parse(buf);
        if (line != null) {
            payload.addText(VERB, line.verb());
            for (Map.Entry<String, String> pair : line.values().entrySet()) {
                String key = pair.getKey();
                String name = payload.has(key) || key.equals(IP) ? "psm1_" + key : key;
                Long number = TEXT_KEYS.contains(key) ? null : line.number(key);
                if (number == null) {
                    payload.addText(name, pair.getValue());
                } else {
                    payload.addGuessed(name, pair.getValue());
                }
            }
        }
        return payload.build(pool, text);
    }
}
