package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** Events of all rings come out once each and in the order of their times, and never before they may. */
final class RingMergerTest {

    /** A ring in an array: records of 40 bytes, the last 14 are options. */
    static final class ArrayRing implements EventRing {

        private static final int RECORD = 40;

        private final int cpu;
        private final ByteBuffer bytes;
        private int position;
        private int released;

        ArrayRing(int cpu) {
            this(cpu, 1 << 14);
        }

        ArrayRing(int cpu, int records) {
            this.cpu = cpu;
            this.bytes = ByteBuffer.allocate(records * RECORD).order(ByteOrder.LITTLE_ENDIAN);
        }

        void add(long time) {
            bytes.putLong(time).putLong(1).putInt(Event.HEADER_LENGTH).putShort((short) 39).putInt(0);
            bytes.position(bytes.position() + RECORD - Event.HEADER_LENGTH);
        }

        @Override
        public long peek() {
            return position < bytes.position() ? position : -1;
        }

        @Override
        public int length() {
            return RECORD;
        }

        @Override
        public MemorySegment segment() {
            return MemorySegment.ofArray(bytes.array());
        }

        @Override
        public void take() {
            position += RECORD;
        }

        @Override
        public void release() {
            released = position;
        }

        @Override
        public double fill() {
            return (double) (bytes.position() - position) / bytes.capacity();
        }

        @Override
        public int cpu() {
            return cpu;
        }
    }

    @Test
    void mergesByTime() throws IOException {
        Random random = new Random(7);
        ArrayRing[] rings = new ArrayRing[5];
        int total = 0;
        for (int cpu = 0; cpu < rings.length; cpu++) {
            rings[cpu] = new ArrayRing(cpu);
            long time = 0;
            for (int i = 0; i < cpu * 1000; i++) {
                time += random.nextInt(100);
                rings[cpu].add(time);
                total++;
            }
        }
        RingMerger merger = new RingMerger(rings, () -> Long.MAX_VALUE);
        Event event = new Event();
        List<Long> times = new ArrayList<>();
        while (merger.next(event)) {
            times.add(event.timestamp());
            assertThat(event.optionsLength()).isEqualTo(14);
        }
        assertThat(times).hasSize(total).isSorted();
        for (ArrayRing ring : rings) {
            assertThat(ring.released).isEqualTo(ring.bytes.position());
        }
    }

    @Test
    void holdsBackWhatAnotherRingCouldStillPrecede() throws IOException {
        ArrayRing first = new ArrayRing(0);
        ArrayRing second = new ArrayRing(1);
        long[] now = {1_000_000_000};
        RingMerger merger = new RingMerger(new EventRing[] {first, second}, () -> now[0]);
        Event event = new Event();
        first.add(now[0] - 1);
        assertThat(merger.next(event)).isFalse();
        assertThat(merger.waitsForSlack()).isTrue();
        second.add(now[0] - 2);
        now[0] += RingMerger.SLACK_NANOS;
        assertThat(merger.next(event)).isTrue();
        assertThat(event.cpu()).isEqualTo(1);
        assertThat(merger.next(event)).isTrue();
        assertThat(event.cpu()).isZero();
        assertThat(merger.next(event)).isFalse();
        assertThat(merger.waitsForSlack()).isFalse();
    }

    /** Events that come one by one do not cost a look at the clock each: after a small round the caller is to nap. */
    @Test
    void aSmallRoundIsFollowedByAPauseALargeOneByTheNext() throws IOException {
        ArrayRing ring = new ArrayRing(0);
        int[] rounds = {0};
        RingMerger merger = new RingMerger(new EventRing[] {ring}, () -> {
            rounds[0]++;
            return Long.MAX_VALUE;
        });
        Event event = new Event();
        for (int i = 1; i <= 10; i++) {
            ring.add(i);
            assertThat(merger.next(event)).isTrue();
            ring.add(i);
            assertThat(merger.next(event)).isTrue();
            assertThat(merger.next(event)).isFalse();
            assertThat(ring.released).isEqualTo(ring.position);
            assertThat(rounds[0]).isEqualTo(i);
        }
        for (int i = 0; i < RingMerger.FEW_EVENTS; i++) {
            ring.add(20);
            assertThat(merger.next(event)).isTrue();
        }
        ring.add(21);
        assertThat(merger.next(event)).isTrue();
        merger.drain();
        ring.add(22);
        assertThat(merger.next(event)).isTrue();
        assertThat(merger.next(event)).isFalse();
    }

    @Test
    void drainingHandsOutEvenTheYoungest() throws IOException {
        ArrayRing ring = new ArrayRing(0);
        ring.add(5_000_000_000L);
        RingMerger merger = new RingMerger(new EventRing[] {ring}, () -> 1_000_000_000);
        assertThat(merger.next(new Event())).isFalse();
        merger.drain();
        assertThat(merger.next(new Event())).isTrue();
    }
}
