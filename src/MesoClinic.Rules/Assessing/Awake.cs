using System.Numerics;
using MesoClinic.Rules.Cases;

namespace MesoClinic.Rules.Assessing;

/// <summary>The rules that a case wakes, one bit for each, in the order of the book. Everything else says no and stays unread.</summary>
internal ref struct Awake(ReadOnlySpan<ulong> bits, Rule[] rules)
{
    /// <summary>Books of more rules than this need memory from the heap.</summary>
    public const int WordsOnStack = 256;

    private readonly ReadOnlySpan<ulong> bits = bits;
    private int word = -1;
    private ulong left;

    public Rule Current { get; private set; } = null!;

    public readonly Awake GetEnumerator() => this;

    public static void Find(Case facts, Span<ulong> awake)
    {
        var subscriptions = facts.Book.Subscriptions;
        subscriptions.WakeAlways(awake);
        foreach (var key in facts.Patient.Keys)
        {
            subscriptions.Wake(key, awake);
        }
        foreach (var key in facts.PlanKeys)
        {
            subscriptions.Wake(key, awake);
        }
        facts.Book.Catalogue.Calendar.Wake(facts, awake);
    }

    public bool MoveNext()
    {
        while (left == 0)
        {
            if (++word == bits.Length)
            {
                return false;
            }
            left = bits[word];
        }
        Current = rules[(word << 6) + BitOperations.TrailingZeroCount(left)];
        left &= left - 1;
        return true;
    }
}
