package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that a program or the kernel wrote into the trace: `ip` where it is shown (an address, or
/// the symbol there), `buf`, and for a [Psm1Line] its `verb` and one field per key.
final class MarkerDecoder implements PayloadDecoder {
    static final String IP = "ip";
    static final String BUF = "buf";
    static final String VERB = "verb";

    private static final Pattern RAW = Pattern.compile(" *ip=(.*?) buf=(.*)", Pattern.DOTALL);
    private static final Pattern SYMBOL = Pattern.compile("\\S+ \\(0x[0-9a-fA-F]{1,16}\\)");

    private final FieldSetPool pool;
    private final Psm1Line line = new Psm1Line(new MarkerKeys());
    private final boolean showsCaller;
    private @Nullable String lastCaller;
    private @Nullable Object lastIp;

    /// A decoder for one event.
    ///
    /// @param showsCaller whether the text may begin with the caller and a colon
    MarkerDecoder(FieldSetPool pool, boolean showsCaller) {
        this.pool = pool;
        this.showsCaller = showsCaller;
    }

    @Override
    public Payload decode(String text) {
        PayloadBuilder payload = new PayloadBuilder(pool);
        if (text.startsWith("ip=") || text.startsWith(" ")) {
            Matcher raw = RAW.matcher(text);
            if (raw.matches() && addCaller(payload, raw.group(1).strip())) {
                return finish(payload, raw.group(2)).build(text);
            }
        }
        int colon = showsCaller && !Psm1Line.isMarked(text) ? callerEnd(text) : -1;
        if (colon >= 0) {
            String caller = text.substring(0, colon);
            if (!addCaller(payload, caller)) {
                payload.addText(IP, caller);
            }
            return finish(payload, text.substring(colon + 2)).build(text);
        }
        return finish(payload, text).build(text);
    }

    /// As decoding `<caller>: <buf>`.
    ///
    /// @param caller an address or a symbol; the same object for the same caller saves time
    Payload decode(String caller, String buf) {
        PayloadBuilder payload = new PayloadBuilder(pool);
        Object ip = ip(caller);
        if (ip == null) {
            return decode(caller + ": " + buf);
        }
        if (ip instanceof Long address) {
            payload.addAddress(IP, address);
        } else {
            payload.addText(IP, caller);
        }
        finish(payload, buf);
        return payload.hasShape() ? payload.build(buf) : payload.build(caller + ": " + buf);
    }

    /// What a caller in front of text is understood as: an address, a symbol, or null when it is
    /// neither.
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Object ip(String caller) {
        if (caller != lastCaller) {
            lastCaller = caller;
            boolean isCaller = showsCaller && callerEnd(caller + ": ") == caller.length();
            Long address = ValueKind.rawNumber(caller);
            lastIp = !isCaller ? null : address != null ? address : caller;
        }
        return lastIp;
    }

    /// Index of the colon behind an address or a symbol that the text begins with, or -1.
    private static int callerEnd(String text) {
        int colon = text.indexOf(": ");
        if (colon <= 0) {
            return -1;
        }
        boolean isAddress = text.startsWith("0x");
        if (isAddress && (colon < 3 || colon > 18)) {
            return -1;
        }
        for (int i = isAddress ? 2 : 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean fits =
                    isAddress
                            ? Character.digit(c, 16) >= 0 && c < 128
                            : isSymbolCharacter(c, i == 0);
            if (!fits) {
                return -1;
            }
        }
        return colon;
    }

    private static boolean isSymbolCharacter(char c, boolean isFirst) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        return isLetter || (!isFirst && ((c >= '0' && c <= '9') || c == '.' || c == '$'));
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

    private PayloadBuilder finish(PayloadBuilder payload, String buf) {
        payload.addText(BUF, buf);
        if (line.read(buf)) {
            payload.addText(VERB, line.verb());
            for (int pair = 0; pair < line.size(); pair++) {
                addPair(payload, line.key(pair), pair);
            }
        }
        return payload;
    }

    private void addPair(PayloadBuilder payload, MarkerKeys.Key key, int pair) {
        if (!key.isText() && line.isShortDecimal(pair)) {
            payload.addDecimal(key.field(), line.shortDecimal(pair));
            return;
        }
        String value = line.text(pair);
        Long number = key.isText() ? null : Psm1Line.asNumber(value);
        if (number == null) {
            payload.addText(key.field(), value);
        } else {
            payload.addNumber(key.field(), value, number);
        }
    }
}
