namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Draws by weight.</summary>
internal sealed class Chance(Random random)
{
    public T Of<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public T Either<T>(params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    public bool Percent(int percent) => random.Next(100) < percent;

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => random.Next(least, most + 1);

    /// <summary>A few of them, most often none.</summary>
    public T[] Some<T>(Func<T> make, int most = 3)
    {
        var some = new T[Percent(45) ? 0 : Between(0, most)];
        for (var i = 0; i < some.Length; i++)
        {
            some[i] = make();
        }
        return some;
    }
}
