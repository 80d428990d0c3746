package org.panscope.trace.ftrace.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

class PrintFormatTest {
    private static final Map<String, Object> FIELDS =
            Map.of(
                    "a",
                    -1L,
                    "b",
                    5L,
                    "name",
                    "ring 0",
                    "list",
                    "1,2,300",
                    "bytes",
                    new byte[] {1, (byte) 0xfe},
                    "state",
                    0x81L);

    private static @Nullable String print(String format) {
        PrintFormat parsed = PrintFormat.parse(format);
        return parsed == null ? null : parsed.print(FIELDS::get);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"a=%d b=%u\", REC->a, REC->b; a=-1 b=5",
                "\"%u %llu\", REC->a, (u64)REC->a; 4294967295 18446744073709551615",
                "\"%x %#lx %08x\", REC->b, REC->b, REC->b; 5 0x5 00000005",
                "\"%d\", (u8)REC->a; 255",
                "\"%-4d|%4d|%+d\", REC->b, REC->b, REC->b; 5   |   5|+5",
                "\"%s\", __get_str(name); ring 0",
                "\"%.4s\", __get_str(name); ring",
                "\"%s\", REC->b > 4 && REC->a < 0 ? \"yes\" : \"no\"; yes",
                "\"%d\", (1 + 2 * 3) << 1 | 1; 15",
                "\"%d\", 10 - 3 - 2; 5",
                "\"%s\", __print_symbolic(REC->b, { 4, \"four\" }, { 5, \"five\" }); five",
                "\"%s\", __print_symbolic(REC->b, { 4, \"four\" }); 0x5",
                "\"%s\", __print_flags(REC->state, \"|\", { 0x1, \"S\" }, { 2, \"D\" }); S|0x80",
                "\"%s\", __print_array(__get_dynamic_array(list), 3, 4); {0x1,0x2,0x12c}",
                "\"%s\", __print_hex(REC->bytes, 2); 01 fe",
                "\"%c%%\", 'x'; x%",
                "\"a\" \"b %lu\", (unsigned long)REC->b; ab 5",
                "\"%p\", (void *)REC->b; 0x5",
                "\"%s\", REC->a; ffffffffffffffff",
                "\"%010Lx\", REC->b; 0000000005"
            })
    void printsAsTheKernelWould(String format, String text) {
        assertEquals(text, print(format));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REC->a",
                "\"%d\", unknown_function(REC->a)",
                "\"%d\", REC->a +",
                "\"%d\", SOME_ENUM",
                "\"unterminated",
                "\"%s\", __print_flags(REC->a)"
            })
    void whatItDoesNotUnderstandIsNoFormat(String format) {
        assertNull(PrintFormat.parse(format));
    }

    @Test
    void aFieldThatIsAbsentMakesNoText() {
        assertNull(print("\"%d\", REC->nothing"));
    }

    @Test
    void namesOfValuesAreFound() {
        PrintFormat format =
                PrintFormat.parse(
                        "\"%s\", (REC->s & 3) ? __print_flags(REC->s & 3, \"|\","
                                + " { 0x00000001, \"S\" }, { 0x00000002, \"D\" }) : \"R\"");
        assertNotNull(format);
        assertEquals(
                List.of(new PrintFormat.Named(1, "S"), new PrintFormat.Named(2, "D")),
                format.names("s"));
        assertEquals(List.of(), format.names("other"));
    }

    @Test
    void fieldsPrintedInHexadecimalAreKnown() {
        PrintFormat format =
                PrintFormat.parse(
                        "\"(%lx) 100%% group=0x%Lx n=%u %*d %-10.*s m=%#06x f=%s\", REC->ip,"
                                + " REC->group, REC->n, 3, REC->n, REC->n, REC->name, (u32)REC->m,"
                                + " __print_flags(REC->f, \"|\", { 1, \"S\" })");
        assertNotNull(format);
        assertEquals(
                List.of("ip", "group", "m"),
                Stream.of("ip", "group", "n", "name", "m", "f")
                        .filter(format::isHexadecimal)
                        .toList());
    }

    @Test
    void nestingAndNoiseDoNotHurt() {
        assertNull(PrintFormat.parse("\"%d\", " + "(".repeat(100_000)));
        assertNull(PrintFormat.parse("\"%d\", " + "!".repeat(100_000)));
        Random random = new Random(4);
        String pieces = "\"%dsx*(){},+-REC->a?:|&<>=0123__print_flags \\'";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("\"%s %*d\", ");
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            print(text.toString());
        }
    }
}
