/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* An object without BTF, as kernels before 5.2 want it: maps by their sizes, constants in a map, nothing else. */

#define SEC(name) __attribute__((section(name), used))

struct map {
	unsigned int type, key_size, value_size, max_entries, flags;
};

struct map results SEC("maps") = {1, 4, 8, 16, 1};
struct map table SEC("maps") = {2, 4, 2, 8, 0};
struct map rings SEC("maps") = {4, 4, 4, 1, 0};
static const unsigned short table_contents[5] SEC("contents/table") = {10, 20, 30, 40, 50};

static void *(*lookup)(void *map, const void *key) = (void *)1;
static long (*update)(void *map, const void *key, const void *value, unsigned long long flags) = (void *)2;

char LICENSE[] SEC("license") = "GPL";
const char NOTE[] SEC("note") = "a word to the loader";
const char RELEASE[] SEC("release") = "4.14.9-test";

/* results[call] = table[3], for each call that begins. */
SEC("raw_tracepoint/sys_enter")
int remember(unsigned long long *ctx)
{
	unsigned int three = 3, call = ctx[1];
	unsigned short *row = lookup(&table, &three);
	unsigned long long value = row ? *row : 0;

	if (call < 16)
		update(&results, &call, &value, 0);
	return 0;
}
