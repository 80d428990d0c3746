package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// What the MCU firmware and the command-stream hardware do.
public sealed interface FirmwareEvent extends TraceEvent {

    /// Steps of a command stream.
    enum CsStep implements Labelled {
        START,
        RESUME,
        STOP,
        SUSPEND,
        FETCH,
        EXTRACT,
        ACTIVE,
        BLOCK,
        UNBLOCK,
        EMPTY
    }

    /// Interrupt lines of the GPU.
    enum IrqLine implements Labelled {
        JOB,
        MMU,
        GPU
    }

    /// Life of one interrupt.
    enum IrqStep implements Labelled {
        RAISE,
        ENTRY,
        THREAD,
        EXIT
    }

    /// States of the microcontroller.
    enum McuState implements Labelled {
        DISABLED,
        ENABLED,
        HALT,
        FATAL
    }

    /// Kinds of report a command stream can make.
    enum FaultKind implements Labelled {
        CS_FAULT,
        CS_FATAL,
        MMU_FAULT;

        @Override
        public String label() {
            return name();
        }
    }

    /// Kinds of endpoint that execute jobs.
    enum EndpointKind implements Labelled {
        COMPUTE,
        FRAGMENT,
        TILER
    }

    /// Life of a stream's claim to endpoints, and of the work that runs there: it asks, is granted
    /// some, a job starts and ends or is dropped before its end, and the endpoints go back. A
    /// stream that still asks when they go back asks again.
    enum EndpointStep implements Labelled {
        REQUEST,
        GRANT,
        START,
        END,
        DROP,
        RELEASE
    }

    /// What happens to a tiler heap on the GPU's side.
    enum HeapStep implements Labelled {
        VT_START,
        VT_END,
        FRAG_END,
        TAKE_CHUNK,
        FREE_CHUNKS,
        OUT_OF_MEMORY,
        GROWN,
        REFUSED,
        HANDLER_ENTER,
        HANDLER_EXIT
    }

    @EventType(
            id = 0x0401,
            layer = Layer.FIRMWARE,
            doc = "A command stream changed what it does.",
            source = "panthor_fw.h: panthor_fw_cs_output_iface, panthor_fw_ringbuf_output_iface")
    record FwCs(
            @Field(Unit.INDEX) int csg,
            @Field(Unit.INDEX) int cs,
            @Field(Unit.NONE) CsStep step,
            @Field(value = Unit.BYTES, doc = "INSERT the firmware read, at start, resume and fetch")
                    @Nullable Long insert,
            @Field(value = Unit.BYTES, doc = "EXTRACT written to the output page")
                    @Nullable Long extract,
            @Field(value = Unit.NONE, doc = "ACTIVE written to the output page")
                    @Nullable Boolean active,
            @Field(value = Unit.GPU_VA, doc = "address of the current instruction")
                    @Nullable Long pc,
            @Field(value = Unit.INDEX, doc = "CS_STATUS_BLOCKED_REASON, at block")
                    @Nullable Integer blockedReason,
            @Field(Unit.GPU_VA) @Nullable Long waitVa,
            @Field(Unit.COUNT) @Nullable Long waitRef,
            @Field(value = Unit.NONE, doc = "true GT, false LE") @Nullable Boolean waitGt,
            @Field(Unit.NONE) @Nullable Boolean wait64)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0402,
            layer = Layer.FIRMWARE,
            doc = "A command stream executed an instruction.",
            source = "Mesa: src/panfrost/genxml/v10.xml, decode_csf.c")
    record CsInstr(
            @Field(Unit.INDEX) int csg,
            @Field(Unit.INDEX) int cs,
            @Field(Unit.GPU_VA) long pc,
            @Field(value = Unit.HEX, doc = "instruction word") long word,
            @Field(value = Unit.INDEX, doc = "call depth, 0 in the ring") int depth)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0403,
            layer = Layer.FIRMWARE,
            doc = "The host changed a request word of a firmware interface.",
            source = "panthor_fw.h: panthor_fw_toggle_reqs, panthor_fw_update_reqs")
    record FwReq(
            @Field(value = Unit.NONE, doc = "interface block: GLB, CSG0, CSG0.CS1") String block,
            @Field(value = Unit.NONE, doc = "req, doorbell_req or cs_irq_ack") String word,
            @Field(Unit.HEX) long oldValue,
            @Field(Unit.HEX) long newValue)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0404,
            layer = Layer.FIRMWARE,
            doc = "The firmware changed an acknowledge word of its interface.",
            source = "panthor_fw.h: panthor_fw_csg_output_iface.ack and its siblings")
    record FwAck(
            @Field(Unit.NONE) String block,
            @Field(value = Unit.NONE, doc = "ack, doorbell_ack or cs_irq_req") String word,
            @Field(Unit.HEX) long oldValue,
            @Field(Unit.HEX) long newValue)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0405,
            layer = Layer.FIRMWARE,
            doc = "A word of a firmware interface other than request and acknowledge was written.",
            source = "panthor_fw.h: panthor_fw_glb_input_iface and its siblings")
    record FwWrite(
            @Field(Unit.NONE) String block,
            @Field(value = Unit.NONE, doc = "name of the word as in panthor_fw.h") String word,
            @Field(value = Unit.BYTES, doc = "4 or 8") int size,
            @Field(Unit.HEX) long value,
            @Field(value = Unit.NONE, doc = "true when the firmware wrote it") boolean byFirmware)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0406,
            layer = Layer.FIRMWARE,
            doc = "The firmware looked at its doorbells and decided what to do.",
            source = "panthor_regs.h: CSF_DOORBELL; panthor_fw.h: doorbell_req")
    record FwDoorbellScan(
            @Field(value = Unit.INDEX, doc = "doorbell that woke it") int doorbellId,
            @Field(value = Unit.HEX, doc = "CSGs with a request pending") long csgMask)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0407,
            layer = Layer.HARDWARE,
            doc = "An interrupt line did something.",
            source = "panthor_device.h: PANTHOR_IRQ_HANDLER")
    record Irq(
            @Field(Unit.NONE) IrqLine line,
            @Field(Unit.NONE) IrqStep step,
            @Field(value = Unit.HEX, doc = "raw status bits concerned") long status)
            implements FirmwareEvent {}

    @EventType(
            id = 0x0408,
            layer = Layer.HARDWARE,
            doc = "The microcontroller changed state.",
            source = "panthor_regs.h: MCU_CONTROL, MCU_STATUS")
    record Mcu(@Field(Unit.NONE) McuState state) implements FirmwareEvent {}

    @EventType(
            id = 0x0409,
            layer = Layer.HARDWARE,
            doc = "An MMU address space was pointed at a page table, or away from it.",
            source = "panthor_mmu.c: panthor_mmu_as_enable, panthor_mmu_as_disable")
    record AsConfig(
            @Field(Unit.INDEX) int as,
            @Field(value = Unit.ID, doc = "VM now active there; absent when disabled")
                    @Nullable Integer vmId,
            @Field(value = Unit.HEX, doc = "TRANSTAB") long transtab)
            implements FirmwareEvent {}

    @EventType(
            id = 0x040a,
            layer = Layer.HARDWARE,
            doc = "The GPU reported a fault.",
            source = "panthor_device.h: enum drm_panthor_exception_type")
    record Fault(
            @Field(Unit.NONE) FaultKind kind,
            @Field(Unit.INDEX) @Nullable Integer csg,
            @Field(Unit.INDEX) @Nullable Integer cs,
            @Field(Unit.INDEX) @Nullable Integer as,
            @Field(value = Unit.HEX, doc = "exception type") int exception,
            @Field(Unit.HEX) long data,
            @Field(value = Unit.HEX, doc = "info word or faulting address") long info)
            implements FirmwareEvent {}

    @EventType(
            id = 0x040b,
            layer = Layer.HARDWARE,
            doc = "A register of the GPU that software can see changed.",
            source = "panthor_regs.h")
    record RegWrite(
            @Field(value = Unit.HEX, doc = "offset from the register base") long offset,
            @Field(Unit.NONE) String name,
            @Field(Unit.HEX) long value)
            implements FirmwareEvent {}

    @EventType(
            id = 0x040c,
            layer = Layer.HARDWARE,
            doc = "A command stream's claim to endpoints, or its work on them, changed.",
            source =
                    "Mesa: src/panfrost/genxml/v10.xml: REQ_RESOURCE, RUN_COMPUTE and its siblings")
    record Endpoint(
            @Field(Unit.NONE) EndpointKind kind,
            @Field(Unit.NONE) EndpointStep step,
            @Field(Unit.INDEX) int csg,
            @Field(Unit.INDEX) int cs,
            @Field(value = Unit.HEX, doc = "cores, or tilers, concerned") @Nullable Long cores,
            @Field(value = Unit.GPU_VA, doc = "address of the job's instruction, at start and end")
                    @Nullable Long pc)
            implements FirmwareEvent {}

    @EventType(
            id = 0x040d,
            layer = Layer.HARDWARE,
            doc = "A tiler heap context counted a pass, took or lost a chunk, or ran out of them.",
            source = "panthor_heap.c; panthor_sched.c: group_process_tiler_oom")
    record TilerHeap(
            @Field(value = Unit.GPU_VA, doc = "heap context") long heapVa,
            @Field(Unit.NONE) HeapStep step,
            @Field(Unit.INDEX) @Nullable Integer csg,
            @Field(Unit.INDEX) @Nullable Integer cs,
            @Field(value = Unit.COUNT, doc = "vertex/tiler passes started") int vtStart,
            @Field(value = Unit.COUNT, doc = "vertex/tiler passes ended") int vtEnd,
            @Field(value = Unit.COUNT, doc = "fragment passes ended") int fragEnd,
            @Field(value = Unit.GPU_VA, doc = "chunk taken, given or freed first")
                    @Nullable Long chunk,
            @Field(value = Unit.ID, doc = "whose address space the heap context is in")
                    @Nullable Integer vmId)
            implements FirmwareEvent {}

    @EventType(
            id = 0x040e,
            layer = Layer.KERNEL,
            doc =
                    "The driver loaded the firmware's sections again: every word it shares with"
                            + " the firmware is 0 until somebody writes it.",
            source = "panthor_fw.c: panthor_reload_fw_sections")
    record FwReload(
            @Field(value = Unit.ID, doc = "buffer object of the shared section") int bo,
            @Field(Unit.BYTES) long size)
            implements FirmwareEvent {}
}
