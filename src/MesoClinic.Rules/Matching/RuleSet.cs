using System.Numerics;

namespace MesoClinic.Rules.Matching;

/// <summary>Some rules of a book, by their places. One bit for each rule and one for every 64, so that going through them passes over all that is asleep.</summary>
internal readonly ref struct RuleSet
{
    /// <summary>Sets of more words than this take their memory from the heap.</summary>
    public const int WordsOnStack = 512;

    private readonly Span<ulong> rules;
    private readonly Span<ulong> words;

    /// <param name="memory">As many zeros as <see cref="WordsFor"/> says.</param>
    public RuleSet(Span<ulong> memory, int ruleCount)
    {
        var length = (ruleCount + 63) >> 6;
        rules = memory[..length];
        words = memory[length..];
    }

    public static int WordsFor(int ruleCount) => ((ruleCount + 63) >> 6) + ((ruleCount + 4095) >> 12);

    public void Add(int rule)
    {
        rules[rule >> 6] |= 1UL << rule;
        words[rule >> 12] |= 1UL << (rule >> 6);
    }

    public void Add(int[] some)
    {
        foreach (var rule in some)
        {
            Add(rule);
        }
    }

    /// <summary>In the order of the book.</summary>
    public Enumerator GetEnumerator() => new(rules, words);

    public ref struct Enumerator(ReadOnlySpan<ulong> rules, ReadOnlySpan<ulong> words)
    {
        private readonly ReadOnlySpan<ulong> rules = rules;
        private readonly ReadOnlySpan<ulong> words = words;
        private int block = -1;
        private int word;
        private ulong wordsLeft;
        private ulong rulesLeft;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (rulesLeft == 0)
            {
                while (wordsLeft == 0)
                {
                    if (++block == words.Length)
                    {
                        return false;
                    }
                    wordsLeft = words[block];
                }
                word = (block << 6) + BitOperations.TrailingZeroCount(wordsLeft);
                wordsLeft &= wordsLeft - 1;
                rulesLeft = rules[word];
            }
            Current = (word << 6) + BitOperations.TrailingZeroCount(rulesLeft);
            rulesLeft &= rulesLeft - 1;
            return true;
        }
    }
}
