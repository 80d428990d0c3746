package org.panscope.trace.tracedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.List;

class RecordPlanTest {
    /// What the kernel makes of `p:panscope/group_bind_locked group_bind_locked group=$arg1:x64
    /// csg_id=$arg2:u32` (kernel/trace/trace_probe.c), and two fields that `%x` prints as well.
    private static final String PROBE =
            """
            name: group_bind_locked
            ID: 2001
            format:
            \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;

            \tfield:unsigned long __probe_ip;\toffset:8;\tsize:8;\tsigned:0;
            \tfield:u64 group;\toffset:16;\tsize:8;\tsigned:0;
            \tfield:u32 csg_id;\toffset:24;\tsize:4;\tsigned:0;
            \tfield:s32 error;\toffset:28;\tsize:4;\tsigned:1;
            \tfield:s64 whole;\toffset:32;\tsize:8;\tsigned:1;

            print fmt: "(%lx) group=0x%Lx csg_id=%u error=%x whole=%Lx", REC->__probe_ip, REC->group, REC->csg_id, REC->error, REC->whole
            """;

    @Test
    void numbersAreShownAsTheKernelPrintsThem() {
        TracepointFormat format = TracepointFormat.parse("panscope", PROBE);
        assertNotNull(format);
        EventTypeInfo type = RecordPlan.of(format, new BinaryShapes(), "").type();
        // A small negative number must not get the digits of a large one.
        assertEquals(
                List.of(
                        "__probe_ip HEX false",
                        "group HEX false",
                        "csg_id NONE false",
                        "error NONE true",
                        "whole HEX false"),
                type.fields().stream()
                        .map(field -> field.name() + " " + field.unit() + " " + field.signed())
                        .toList());
    }
}
