package org.syscope.capture.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The primitive map does what a HashMap does, whatever the order of puts and removals. */
final class LongMapTest {

    @Test
    void behavesAsAHashMap() {
        Random random = new Random(7);
        for (int range : new int[] {4, 50, 100_000}) {
            LongMap<String> map = new LongMap<>();
            Map<Long, String> expected = new HashMap<>();
            for (int i = 0; i < 100_000; i++) {
                long key = random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(range);
                if (random.nextInt(3) > 0) {
                    String value = "v" + i;
                    assertThat(map.put(key, value)).isEqualTo(expected.put(key, value));
                } else {
                    assertThat(map.remove(key)).isEqualTo(expected.remove(key));
                }
                assertThat(map.get(key)).isEqualTo(expected.get(key));
            }
            assertThat(map.size()).isEqualTo(expected.size());
            expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
            int[] visited = new int[1];
            map.forEach((key, value) -> {
                visited[0]++;
                assertThat(expected).containsEntry(key, value);
            });
            assertThat(visited[0]).isEqualTo(expected.size());
            assertThat(map.sortedKeys()).isSorted().hasSize(expected.size());
        }
    }

    @Test
    void aCopyIsIndependentAndClearEmpties() {
        LongMap<String> map = new LongMap<>();
        map.put(1, "one");
        LongMap<String> copy = new LongMap<>(map);
        copy.put(2, "two");
        map.clear();
        assertThat(map.size()).isZero();
        assertThat(map.get(1)).isNull();
        assertThat(copy.get(1)).isEqualTo("one");
        assertThatIllegalArgumentException().isThrownBy(() -> map.put(3, null));
    }
}
