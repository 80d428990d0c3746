package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Random;

/// What is shown at any zoom must be what looking at every single item would show.
class LevelOfDetailTest {
    private static final int ROUNDS = 400;

    @Test
    void barsCoverExactlyThePixelsEveryBarAloneCovers() {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            StateBars bars = randomBars(random);
            Columns columns = randomColumns(random);
            assertArrayEquals(bruteForce(bars, columns), visited(bars, columns), "round " + round);
        }
    }

    @Test
    void noErrorIsLostAtAnyZoom() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            StateBars bars = randomBars(random);
            Columns columns = randomColumns(random);
            boolean[] shown = visited(bars.errors(), columns);
            for (int i = 0; i < bars.size(); i++) {
                if (bars.style(i) == Style.ERROR) {
                    boolean[] alone = new boolean[columns.count()];
                    cover(bars, i, columns, alone);
                    for (int c = 0; c < alone.length; c++) {
                        assertTrue(!alone[c] || shown[c], "round " + round + " column " + c);
                    }
                }
            }
        }
    }

    @Test
    void mergedBarsAreAllCounted() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            StateBars bars = randomBars(random);
            Columns columns = new Columns(-1, 200_001, 50);
            int[] seen = {0};
            long[] busy = {0};
            bars.visit(
                    columns,
                    new BarVisitor() {
                        @Override
                        public void bar(StateBars lane, int index) {
                            seen[0]++;
                            busy[0] += lane.endNs(index) - lane.startNs(index);
                        }

                        @Override
                        public void merged(
                                StateBars lane,
                                int column,
                                int first,
                                int count,
                                Style dominant,
                                long busyNs) {
                            seen[0] += count;
                            busy[0] += busyNs;
                        }
                    });
            long expected = 0;
            for (int i = 0; i < bars.size(); i++) {
                expected += bars.endNs(i) - bars.startNs(i);
            }
            assertEquals(bars.size(), seen[0]);
            assertEquals(expected, busy[0]);
        }
    }

    @Test
    void oneCallForEachColumnHoweverManyBars() {
        long[] starts = new long[100_000];
        long[] ends = new long[starts.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = 10L * i;
            ends[i] = 10L * i + 5;
        }
        StateBars bars =
                new StateBars(
                        starts,
                        ends,
                        new long[starts.length],
                        new int[starts.length],
                        new byte[starts.length]);
        int[] calls = {0};
        bars.visit(new Columns(0, 1_000_000, 100), new Counting(calls));
        assertTrue(calls[0] <= 200, "calls=" + calls[0]);
    }

    @Test
    void instantsShowTheErrorOfTheirColumn() {
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            Instants instants = randomInstants(random);
            Columns columns = randomColumns(random);
            int[] total = {0};
            boolean[] error = new boolean[columns.count()];
            instants.visit(
                    columns,
                    (shown, column, index, count) -> {
                        total[0] += count;
                        error[column] = shown.style(index) == Style.ERROR;
                    });
            int expected = 0;
            boolean[] expectedError = new boolean[columns.count()];
            for (int i = 0; i < instants.size(); i++) {
                int column = columns.columnOf(instants.timeNs(i));
                if (column >= 0 && column < columns.count()) {
                    expected++;
                    expectedError[column] |= instants.style(i) == Style.ERROR;
                }
            }
            assertEquals(expected, total[0]);
            assertArrayEquals(expectedError, error);
        }
    }

    @Test
    void counterKeepsTheExtremesOfEachColumn() {
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            int size = 1 + random.nextInt(300);
            long[] times = new long[size];
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                times[i] = (i == 0 ? 0 : times[i - 1]) + random.nextInt(500);
                values[i] = random.nextInt(1000);
            }
            Counter counter = new Counter(times, values, new long[size]);
            Columns columns = randomColumns(random);
            counter.visit(
                    columns,
                    (steps, column, last, count, min, max) -> {
                        long expectedMin = Long.MAX_VALUE;
                        long expectedMax = Long.MIN_VALUE;
                        for (int i = last - count + 1; i <= last; i++) {
                            expectedMin = Math.min(expectedMin, values[i]);
                            expectedMax = Math.max(expectedMax, values[i]);
                        }
                        assertEquals(expectedMin, min);
                        assertEquals(expectedMax, max);
                    });
        }
    }

    @Test
    void columnOfATimeIsTheOneThatHoldsIt() {
        Random random = new Random(6);
        for (int round = 0; round < 10_000; round++) {
            long from = random.nextLong() >> (2 + random.nextInt(50));
            long span = 1 + (random.nextLong() >>> (3 + random.nextInt(60)));
            Columns columns = new Columns(from, from + span, 1 + random.nextInt(5000));
            long time = from + Math.floorMod(random.nextLong(), span);
            int column = columns.columnOf(time);
            assertTrue(columns.startNs(column) <= time);
            assertTrue(time < columns.startNs(column + 1));
        }
    }

    private static boolean[] bruteForce(StateBars bars, Columns columns) {
        boolean[] covered = new boolean[columns.count()];
        for (int i = 0; i < bars.size(); i++) {
            cover(bars, i, columns, covered);
        }
        return covered;
    }

    /// Columns that a bar lies in: that of its start, and all that begin before its end.
    private static void cover(StateBars bars, int index, Columns columns, boolean[] covered) {
        for (int c = 0; c < covered.length; c++) {
            long from = columns.startNs(c);
            long to = columns.startNs(c + 1);
            boolean startsHere = bars.startNs(index) >= from && bars.startNs(index) < to;
            boolean reaches = bars.startNs(index) < to && bars.endNs(index) > from;
            covered[c] |= startsHere || reaches;
        }
    }

    private static boolean[] visited(StateBars bars, Columns columns) {
        boolean[] covered = new boolean[columns.count()];
        bars.visit(
                columns,
                new BarVisitor() {
                    @Override
                    public void bar(StateBars lane, int index) {
                        cover(lane, index, columns, covered);
                    }

                    @Override
                    public void merged(
                            StateBars lane,
                            int column,
                            int first,
                            int count,
                            Style dominant,
                            long busyNs) {
                        assertTrue(count >= 2);
                        covered[column] = true;
                    }
                });
        return covered;
    }

    private static StateBars randomBars(Random random) {
        int size = random.nextInt(400);
        long[] starts = new long[size];
        long[] ends = new long[size];
        byte[] styles = new byte[size];
        long time = 0;
        for (int i = 0; i < size; i++) {
            time += random.nextInt(4) == 0 ? 0 : random.nextInt(200);
            starts[i] = time;
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(250);
            ends[i] = time;
            styles[i] = StateBars.pack(random.nextInt(9) == 0 ? Style.ERROR : Style.RUNNING, false);
        }
        return new StateBars(starts, ends, new long[size], new int[size], styles);
    }

    private static Instants randomInstants(Random random) {
        int size = random.nextInt(300);
        long[] times = new long[size];
        byte[] styles = new byte[size];
        for (int i = 0; i < size; i++) {
            times[i] = (i == 0 ? 0 : times[i - 1]) + random.nextInt(300);
            Style style = random.nextInt(9) == 0 ? Style.ERROR : Style.IDLE;
            styles[i] = (byte) style.code();
        }
        return new Instants(times, new long[size], new int[size], styles, new byte[size]);
    }

    private static Columns randomColumns(Random random) {
        long from = random.nextInt(20_000) - 1000L;
        return new Columns(from, from + 1L + random.nextInt(60_000), 1 + random.nextInt(300));
    }

    private record Counting(int[] calls) implements BarVisitor {
        @Override
        public void bar(StateBars bars, int index) {
            calls[0]++;
        }

        @Override
        public void merged(
                StateBars bars, int column, int first, int count, Style dominant, long busyNs) {
            calls[0]++;
        }
    }
}
