package org.panscope.trace.tracedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class BinaryPrintTest {
    private static final long FORMAT = 0xffff_ffff_8200_0010L;

    private static BinaryPrint with(String format) {
        BinaryPrint print = new BinaryPrint();
        print.read("0xffffffff82000010 : \"" + format + "\"\n0x20 : \"plain\\n\"\n");
        return print;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void argumentsAreUnpackedAsTheKernelPackedThem(boolean bigEndian) {
        ByteBuffer words =
                ByteBuffer.allocate(64)
                        .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        words.putInt(-5);
        words.put("queue 0\0".getBytes(StandardCharsets.UTF_8));
        words.putLong(0x1_0000_0002L);
        words.putInt(7);
        words.putLong(0xffff_0000L);
        byte[] bytes = Arrays.copyOf(words.array(), words.position());
        Symbols symbols = new Symbols();
        symbols.read("ffff0000 t panthor_irq\nffff1000 t next\n");
        assertEquals(
                "n=-5 of queue 0: 4294967298, 7 in panthor_irq\n",
                with("n=%d of %s: %lld, %u in %pS\\n").text(FORMAT, bytes, bigEndian, 8, symbols));
    }

    @Test
    void whatIsNotInTheFileIsUnknown() {
        BinaryPrint print = with("n=%d %s %lu");
        assertNull(print.text(1, new byte[0], false, 8, new Symbols()));
        assertEquals("n=? ? ?", print.text(FORMAT, new byte[0], false, 8, new Symbols()));
        assertEquals("plain\n", print.plain(0x20));
    }
}
