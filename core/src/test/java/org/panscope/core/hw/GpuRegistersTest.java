package org.panscope.core.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

class GpuRegistersTest {
    private static final int RESET_COMPLETED = 1 << 8;
    private static final int CACHES_CLEANED = 1 << 17;

    private final List<TraceEvent> events = new ArrayList<>();
    private final Simulation simulation =
            new Simulation(
                    new SeededChoices(1),
                    new Recorder() {
                        @Override
                        public int track(int parent, String kind, String name) {
                            return 0;
                        }

                        @Override
                        public long record(EventHeader header, TraceEvent event) {
                            events.add(event);
                            return events.size() - 1L;
                        }
                    });
    private final Gpu gpu = new Gpu(simulation, new PhysicalMemory(), GpuParameters.defaults());
    private final Registers registers = gpu.registers();
    private final Actor actor = new Actor("host", 1, "test");

    @Test
    void identityIsThatOfTheBoard() {
        assertEquals(0xa867_0005, registers.read32(Regs.GPU_ID));
        assertEquals(0x50005, registers.read64(Regs.SHADER_PRESENT));
        assertEquals(0xff, registers.read32(Regs.AS_PRESENT));
    }

    @Test
    void flushMovesTheFlushIdAndReportsCompletion() {
        int before = registers.read32(Regs.LATEST_FLUSH_ID);
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        assertEquals(before, registers.read32(Regs.LATEST_FLUSH_ID));
        run();
        assertEquals(before + 1, registers.read32(Regs.LATEST_FLUSH_ID));
        assertEquals(CACHES_CLEANED, registers.read32(Regs.GPU_INT_RAWSTAT));
        write(Regs.GPU_INT_CLEAR, CACHES_CLEANED);
        assertEquals(0, registers.read32(Regs.GPU_INT_RAWSTAT));
    }

    @Test
    void l2IsReadyAfterItsTransition() {
        write(Regs.L2_PWRON, 1);
        assertEquals(1, registers.read32(Regs.L2_PWRTRANS));
        assertEquals(0, registers.read32(Regs.L2_READY));
        run();
        assertEquals(0, registers.read32(Regs.L2_PWRTRANS));
        assertEquals(1, registers.read32(Regs.L2_READY));
        write(Regs.L2_PWROFF, 1);
        run();
        assertEquals(0, registers.read32(Regs.L2_READY));
    }

    @Test
    void statusTheDriverNeverUnmasksIsNotRecordedAsRaised() {
        write(Regs.L2_PWRON, 1);
        run();
        assertNotEquals(0, registers.read32(Regs.GPU_INT_RAWSTAT));
        assertEquals(List.of(), raised());
        write(Regs.GPU_INT_MASK, CACHES_CLEANED);
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        run();
        assertEquals(List.of((long) CACHES_CLEANED), raised());
    }

    @Test
    void interruptHeldBackByAnEmptyMaskIsRaisedAllTheSame() {
        write(Regs.GPU_INT_MASK, CACHES_CLEANED);
        write(Regs.GPU_INT_MASK, 0);
        write(Regs.GPU_CMD, 4 | (0x233 << 8));
        run();
        assertEquals(List.of((long) CACHES_CLEANED), raised());
    }

    private List<Long> raised() {
        return events.stream()
                .filter(event -> event instanceof Irq irq && irq.step() == IrqStep.RAISE)
                .map(event -> ((Irq) event).status())
                .toList();
    }

    @Test
    void maskedInterruptIsDeliveredOnceItIsUnmasked() {
        List<Integer> seen = new ArrayList<>();
        gpu.gpuInterrupt()
                .connect(() -> {
                    seen.add(registers.read32(Regs.GPU_INT_STAT));
                    registers.write32(Regs.GPU_INT_CLEAR, -1);
                });
        write(Regs.GPU_CMD, 0x101);
        run();
        assertEquals(List.of(), seen);
        write(Regs.GPU_INT_MASK, RESET_COMPLETED);
        run();
        assertEquals(List.of(RESET_COMPLETED), seen);
    }

    @Test
    void lineThatStaysUpCallsTheHandlerAgain() {
        int[] calls = {0};
        gpu.gpuInterrupt()
                .connect(() -> {
                    if (++calls[0] == 3) {
                        registers.write32(Regs.GPU_INT_MASK, 0);
                    }
                });
        write(Regs.GPU_INT_MASK, -1);
        write(Regs.GPU_CMD, 4 | (1 << 8));
        run();
        assertEquals(3, calls[0]);
    }

    @Test
    void addressSpaceShowsItsCommandForAWhile() {
        write(Regs.as(2, Regs.AS_COMMAND), Regs.AS_COMMAND_FLUSH_MEM);
        assertEquals(1, registers.read32(Regs.as(2, Regs.AS_STATUS)));
        pass(1_000);
        assertEquals(0, registers.read32(Regs.as(2, Regs.AS_STATUS)));
        assertFalse(gpu.mmu().isEnabled(2));
    }

    @Test
    void countersRunAtTheirRates() {
        pass(1_500_000_000);
        assertEquals(36_000_000, registers.read64(Regs.TIMESTAMP));
        assertEquals(1_500_000_000, registers.read64(Regs.CYCLE_COUNT));
    }

    @Test
    void parametersAreNamedAndDescribed() {
        for (GpuParameters.Description each : GpuParameters.describe()) {
            assertFalse(each.doc().isEmpty(), each.name());
            assertEquals(each.defaultValue(), GpuParameters.defaults().get(each.name()));
            assertEquals(5, GpuParameters.defaults().with(each.name(), 5).get(each.name()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> GpuParameters.defaults().with("gpu.no_such_thing", 1));
    }

    private void write(long offset, int value) {
        simulation.as(actor, () -> registers.write32(offset, value));
    }

    private void pass(long ns) {
        simulation.schedule(actor, ns, Simulation.NORMAL, () -> {});
        run();
    }

    private void run() {
        simulation.run(Long.MAX_VALUE);
    }
}
