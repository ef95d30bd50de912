using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Matching;

/// <summary>One rule that says what it waits for.</summary>
internal readonly struct Subscriber(int rule, Keys keys, Subscriptions subscriptions)
{
    public void WaitFor(int key) => subscriptions.Add(rule, key);

    public void WaitFor(ReadOnlySpan<int> anyOf)
    {
        foreach (var key in anyOf)
        {
            WaitFor(key);
        }
    }

    public void WaitFor(Topic topic, string name) => WaitFor(keys.Of(topic, name));

    /// <summary>A list that was never given or whose review has expired.</summary>
    public void WaitForUnlisted(HistoryList list) => WaitFor(Topic.Other, list.Unlisted);

    /// <summary>A plan field that must be known and is not.</summary>
    public void WaitForUnplanned(string field) => WaitFor(Topic.Plan, Keys.Unplanned(field));

    public void WaitFor(string quantity, Comparison op, decimal limit) => subscriptions.Add(rule, quantity, op, limit);

    public void WaitForNothing() => subscriptions.AddAlways(rule);
}
