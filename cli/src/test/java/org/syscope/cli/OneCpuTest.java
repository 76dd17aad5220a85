package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Together while the rings are nearly empty and much comes; apart as soon as one fills, and for longer each time. */
class OneCpuTest {

    private static final long MILLI = 1_000_000;

    private final List<String> done = new ArrayList<>();
    private final OneCpu policy = new OneCpu(new OneCpu.Binding() {
        @Override
        public void keepToOne() {
            done.add("one at " + now / MILLI);
        }

        @Override
        public void spread() {
            done.add("all at " + now / MILLI);
        }
    });
    private long now;
    private long total;

    /** Looks once a millisecond. */
    private void pass(int millis, double fill, int eventsEach) {
        for (int i = 0; i < millis; i++) {
            total += eventsEach;
            policy.look(now, fill, total);
            now += MILLI;
        }
    }

    @Test
    void togetherAfterAWhileOfMuchThatIsTakenInTime() {
        pass(100, 0.01, 1000);
        assertThat(done).isEmpty();
        pass(1000, 0.1, 1000);
        assertThat(done).as("not nearly empty").isEmpty();
        pass(200, 0.01, 1000);
        assertThat(done).hasSize(1).first().asString().startsWith("one at 1");
        pass(1000, 0.1, 1000);
        pass(1000, 0, 0);
        assertThat(done).as("stays").hasSize(1);
    }

    @Test
    void whereLittleComesNothingIsDone() {
        pass(10_000, 0, 50);
        policy.spread();
        assertThat(done).isEmpty();
    }

    @Test
    void apartWhenARingFillsAndLongerEachTime() {
        pass(200, 0, 1000);
        pass(1, 0.125, 1000);
        pass(900, 0, 1000);
        assertThat(done).containsExactly("one at 100", "all at 200");
        pass(300, 0, 1000);
        pass(1, 0.5, 1000);
        assertThat(done).hasSize(4);
        pass(1900, 0, 1000);
        assertThat(done).as("two seconds now").hasSize(4);
        pass(300, 0, 1000);
        assertThat(done).hasSize(5);
    }

    @Test
    void apartAtTheEnd() {
        pass(200, 0, 1000);
        policy.spread();
        policy.spread();
        assertThat(done).containsExactly("one at 100", "all at 200");
    }
}
