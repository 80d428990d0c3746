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
    private static final Pattern RAW =
            Pattern.compile(
                    "\\s*ip=\\s*(\\S*?)\\s*\\(?(0x[0-9a-fA-F]{1,16})?\\)? buf=(.*)",
                    Pattern.DOTALL);

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
        if (raw.matches()) {
            addCaller(payload, raw.group(1), raw.group(2));
            return finish(payload, raw.group(3), text);
        }
        Matcher caller = CALLER.matcher(text);
        if (showsCaller && !Psm1Line.isMarked(text) && caller.matches()) {
            String ip = caller.group(1);
            addCaller(payload, ip, ip.startsWith("0x") ? ip : null);
            return finish(payload, caller.group(2), text);
        }
        return finish(payload, text, text);
    }

    private static void addCaller(PayloadBuilder payload, String symbol, @Nullable String address) {
        Long number = address == null ? null : ValueKind.number(address);
        if (number != null && (symbol.isEmpty() || symbol.equals(address))) {
            payload.addAddress(IP, number);
        } else {
            payload.addText(IP, address == null ? symbol : symbol + " (" + address + ")");
        }
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
