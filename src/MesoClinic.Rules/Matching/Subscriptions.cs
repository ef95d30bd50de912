using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Matching;

/// <summary>
/// Who waits for what. Each rule names facts of which one must be there before it can be anything but "no"; a patient's facts wake the rules that wait for them,
/// and all others stay unread. Waking one too many costs a reading, waking one too few would be a mistake.
/// </summary>
internal sealed class Subscriptions
{
    private readonly Dictionary<int, List<int>> building = [];
    private readonly Dictionary<string, Thresholds> thresholds = new(StringComparer.Ordinal);
    private readonly Keys keys;
    private readonly List<int> always = [];
    private int[] alwaysAwake = [];
    private int[][] byKey = [];

    public Subscriptions(Keys keys) => this.keys = keys;

    public void Add(int rule, int key)
    {
        if (!building.TryGetValue(key, out var rules))
        {
            building.Add(key, rules = []);
        }
        if (rules.Count == 0 || rules[^1] != rule)
        {
            rules.Add(rule);
        }
    }

    public void Add(int rule, string quantity, Comparison op, decimal limit) =>
        Add(rule, ThresholdsOf(quantity).KeyOf(op, limit, () => keys.Of(Topic.Limit, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{quantity} {op} {limit}"))));

    public void AddAlways(int rule) => always.Add(rule);

    public Thresholds ThresholdsOf(string quantity)
    {
        if (!thresholds.TryGetValue(quantity, out var found))
        {
            thresholds.Add(quantity, found = new Thresholds());
        }
        return found;
    }

    /// <summary>No more rules follow.</summary>
    public void Seal()
    {
        alwaysAwake = [.. always];
        byKey = [.. Enumerable.Range(0, keys.Count).Select(key => building.TryGetValue(key, out var rules) ? rules.ToArray() : [])];
        foreach (var quantity in thresholds.Values)
        {
            quantity.Seal();
        }
    }

    /// <summary>Whether any rule waits for a fact: the others need not be kept.</summary>
    public bool Matter(int key) => (uint)key < (uint)byKey.Length && byKey[key].Length > 0;

    /// <summary>Marks the rules that nothing can keep asleep.</summary>
    public void WakeAlways(RuleSet awake) => awake.Add(alwaysAwake);

    /// <summary>Marks the rules that wait for a fact.</summary>
    public void Wake(int key, RuleSet awake) => awake.Add(byKey[key]);

    /// <summary>Marks the rules whose limit a number has passed.</summary>
    public void Wake(Thresholds quantity, decimal value, RuleSet awake)
    {
        foreach (var op in Thresholds.Comparisons)
        {
            foreach (var key in quantity.PassedBy(value, op))
            {
                Wake(key, awake);
            }
        }
    }
}
