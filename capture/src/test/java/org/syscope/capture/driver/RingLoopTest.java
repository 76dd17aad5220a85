package org.syscope.capture.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.capture.driver.RingMergerTest.ArrayRing;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource.Next;

import static org.assertj.core.api.Assertions.assertThat;

/** Rings that join while others are never empty: their events come, and none comes twice or not at all. */
final class RingLoopTest {

    /** Gives a second ring when it is first asked for new CPUs. */
    private static final class LateCpu implements RingLoop.Owner {

        private final List<EventRing> rings = new ArrayList<>();
        private final ArrayRing late = new ArrayRing(1);
        private RingLoop loop;

        @Override
        public void serveNewCpus() throws IOException {
            if (rings.size() == 1) {
                rings.add(late);
                loop.merger(new RingMerger(rings.toArray(EventRing[]::new), () -> Long.MAX_VALUE));
            }
        }

        @Override
        public boolean nextLastLoss(Event event) {
            return false;
        }
    }

    @Test
    void newCpusAreServedWhereRingsAreNeverEmpty() throws IOException {
        int events = 400_000;
        ArrayRing busy = new ArrayRing(0, events);
        for (int i = 1; i <= events; i++) {
            busy.add(i);
        }
        LateCpu owner = new LateCpu();
        owner.late.add(events - 1);
        owner.rings.add(busy);
        owner.loop = new RingLoop(owner, new RingMerger(new EventRing[] {busy}, () -> Long.MAX_VALUE), 1 << 20);
        Event event = new Event();
        long last = 0;
        int late = 0;
        for (int i = 0; i <= events; i++) {
            assertThat(owner.loop.next(event)).isEqualTo(Next.EVENT);
            if (event.cpu() == 1) {
                late++;
            } else {
                assertThat(event.timestamp()).isEqualTo(last + 1);
                last++;
            }
        }
        assertThat(late).isEqualTo(1);
        assertThat(last).isEqualTo(events);
        owner.loop.stop();
        assertThat(owner.loop.next(event)).isEqualTo(Next.IDLE);
    }
}
