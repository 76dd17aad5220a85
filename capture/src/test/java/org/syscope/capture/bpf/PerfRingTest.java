package org.syscope.capture.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the kernel writes into a perf ring comes out once, in order, whole; what is no record is refused, never followed. */
class PerfRingTest {
    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] payload(PerfRing ring, long at, int length) {
        return ring.segment().asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void nothingIsFoundInAnEmptyRing() throws BpfException {
        PerfRing ring = new PerfWriter(4096, 0).reader();
        assertThat(ring.next()).isEqualTo(-1);
        assertThat(ring.size()).isEqualTo(4096);
        assertThatThrownBy(ring::take).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSameSampleIsFoundUntilItIsTaken() throws BpfException {
        PerfWriter writer = new PerfWriter(4096, 4096 * 7);
        PerfRing ring = writer.reader();
        writer.write(bytes(20, 1));
        writer.write(bytes(21, 2));
        long first = ring.next();
        assertThat(ring.next()).isEqualTo(first);
        assertThat(ring.length()).isEqualTo(20);
        assertThat(payload(ring, first, 20)).isEqualTo(bytes(20, 1));
        ring.take();
        long second = ring.next();
        assertThat(ring.length()).as("filled up to 8 bytes").isEqualTo(28);
        assertThat(payload(ring, second, 21)).isEqualTo(bytes(21, 2));
        ring.take();
        assertThat(ring.next()).isEqualTo(-1);
    }

    @Test
    void roomIsGivenBackOnlyWhenSaid() throws BpfException {
        PerfWriter writer = new PerfWriter(4096, 0);
        PerfRing ring = writer.reader();
        writer.write(bytes(100, 1));
        ring.next();
        ring.take();
        assertThat(writer.tail()).isZero();
        ring.release();
        assertThat(writer.tail()).isEqualTo(writer.head());
    }

    @Test
    void aRecordOverTheEndIsWhole() throws BpfException {
        for (int before = 8; before < 200; before += 8) {
            PerfWriter writer = new PerfWriter(4096, 4096 - before);
            PerfRing ring = writer.reader();
            writer.write(bytes(180, before));
            long at = ring.next();
            assertThat(payload(ring, at, 180)).as("%d bytes before the end", before).isEqualTo(bytes(180, before));
        }
    }

    @Test
    void lossesAreToldAtTheirPlaceAndAddedUp() throws BpfException {
        PerfWriter writer = new PerfWriter(4096, 8);
        PerfRing ring = writer.reader();
        int written = 0;
        while (writer.write(bytes(300, written))) {
            written++;
        }
        assertThat(writer.write(bytes(300, 0))).isFalse();
        for (int i = 0; i < written; i++) {
            ring.next();
            assertThat(ring.lostHere()).isZero();
            ring.take();
        }
        ring.release();
        assertThat(writer.write(bytes(8, 5))).isTrue();
        assertThat(writer.write(bytes(8, 6))).isTrue();
        long at = ring.next();
        assertThat(ring.lostHere()).isEqualTo(2);
        assertThat(payload(ring, at, 8)).isEqualTo(bytes(8, 5));
        ring.take();
        ring.next();
        assertThat(ring.lostHere()).isZero();
        assertThat(ring.lostInAll()).isEqualTo(2);
    }

    @Test
    void recordsOfOtherTypesArePassedOver() throws BpfException {
        PerfWriter writer = new PerfWriter(4096, 0);
        PerfRing ring = writer.reader();
        writer.other(5, 32);
        writer.other(6, 8);
        assertThat(ring.next()).isEqualTo(-1);
        writer.write(bytes(4, 1));
        assertThat(payload(ring, ring.next(), 4)).isEqualTo(bytes(4, 1));
    }

    @Test
    void whatIsNoRecordIsRefused() {
        int[][] records = {{9, 0}, {9, 4}, {9, 12}, {9, 8}, {2, 16}, {9, 4104}};
        for (int[] record : records) {
            PerfWriter writer = new PerfWriter(4096, 0);
            PerfRing ring = writer.reader();
            writer.data().set(ValueLayout.JAVA_INT, 0, record[0]);
            writer.data().set(ValueLayout.JAVA_INT, 4, record[1] << 16);
            writer.claim(64);
            assertThatThrownBy(ring::next).isInstanceOf(BpfException.class).hasMessageContaining("is no record");
        }
        PerfWriter writer = new PerfWriter(4096, 0);
        PerfRing ring = writer.reader();
        writer.claim(8192);
        assertThatThrownBy(ring::next).hasMessage("test ring: what stands at 0 is no record");
    }

    /** A writer that sometimes is too fast, and a reader that sometimes sleeps: nothing is lost but what is told. */
    @Test
    void anyMixtureComesOutInOrder() throws BpfException {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            PerfWriter writer = new PerfWriter(1 << 12 + random.nextInt(4), 8L * random.nextInt(1 << 20));
            PerfRing ring = writer.reader();
            ArrayDeque<byte[]> there = new ArrayDeque<>();
            long dropped = 0;
            for (int step = 0; step < 2000; step++) {
                if (random.nextInt(5) < 3) {
                    byte[] payload = bytes(1 + random.nextInt(700), step);
                    if (writer.write(payload)) {
                        there.add(payload);
                    } else {
                        dropped++;
                    }
                    continue;
                }
                long at = ring.next();
                if (at < 0) {
                    assertThat(there).isEmpty();
                    continue;
                }
                byte[] expected = there.remove();
                assertThat(ring.length()).isBetween(expected.length, expected.length + 7);
                assertThat(payload(ring, at, expected.length)).isEqualTo(expected);
                ring.take();
                if (random.nextInt(3) == 0) {
                    ring.release();
                }
            }
            while (ring.next() >= 0) {
                assertThat(payload(ring, ring.next(), there.peek().length)).isEqualTo(there.remove());
                ring.take();
            }
            ring.release();
            writer.write(bytes(8, 1));
            ring.next();
            assertThat(ring.lostInAll()).isEqualTo(dropped);
            assertThat(there).isEmpty();
        }
    }

    /** Whatever stands in the memory, the reader stays inside of it and comes to an end. */
    @Test
    void randomMemoryIsReadOrRefused() {
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            PerfWriter writer = new PerfWriter(4096, 0);
            PerfRing ring = writer.reader();
            byte[] noise = bytes(4096, round);
            if (random.nextBoolean()) {
                // Likely headers here and there let it come further.
                for (int at = 0; at < 4000; at += 8 + 8 * random.nextInt(12)) {
                    noise[at] = (byte) (random.nextBoolean() ? 9 : 2);
                    noise[at + 1] = 0;
                    noise[at + 2] = 0;
                    noise[at + 3] = 0;
                    noise[at + 6] = (byte) (8 + 8 * random.nextInt(12));
                    noise[at + 7] = 0;
                }
            }
            writer.data().copyFrom(MemorySegment.ofArray(noise));
            writer.claim(random.nextInt(5000));
            try {
                for (int i = 0; i < 600 && ring.next() >= 0; i++) {
                    assertThat(ring.length()).isBetween(0, (1 << 16) - 12);
                    payload(ring, ring.next(), ring.length());
                    ring.take();
                }
            } catch (BpfException noRecord) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 19_999);
    }
}
