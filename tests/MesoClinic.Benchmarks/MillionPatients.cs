using System.Diagnostics;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Benchmarks;

/// <summary>A million synthetic patients assessed again, from their requests, after the rule book has changed. Only the rules are timed, on one thread.</summary>
internal static class MillionPatients
{
    private const int Batches = 50;
    private const int BatchSize = 20_000;

    public static void Run()
    {
        var random = new Random(20260710);
        var rows = Patients.Knowledge.Contraindications;
        var changed = new RuleBook(Patients.Knowledge with { Contraindications = [rows[0] with { Title = $"{rows[0].Title} (changed)" }, .. rows.Skip(1)] });
        var decisions = new int[Enum.GetValues<Decision>().Length];
        Warm(changed, random);

        var clock = new Stopwatch();
        var processor = TimeSpan.Zero;
        var quietest = TimeSpan.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            AssessmentRequest[] patients = [.. Enumerable.Range(0, BatchSize).Select(_ => Patients.Any(random))];
            clock.Start();
            var before = Environment.CpuUsage.TotalTime;
            foreach (var patient in patients)
            {
                decisions[(int)changed.Assess(patient).Decision]++;
            }
            var spent = Environment.CpuUsage.TotalTime - before;
            clock.Stop();
            processor += spent;
            quietest = spent < quietest ? spent : quietest;
        }

        Console.WriteLine($"{Batches * BatchSize:N0} patients in {clock.Elapsed.TotalSeconds:0.00} s, {processor.TotalSeconds:0.00} s of processor time: {processor.TotalMicroseconds / (Batches * BatchSize):0.00} µs each");
        Console.WriteLine($"Quietest of {Batches} batches: {quietest.TotalMicroseconds / BatchSize:0.00} µs each");
        foreach (var decision in Enum.GetValues<Decision>())
        {
            Console.WriteLine($"  {decision}: {decisions[(int)decision]:N0}");
        }
    }

    private static void Warm(RuleBook book, Random random)
    {
        for (var i = 0; i < 50_000; i++)
        {
            book.Assess(Patients.Any(random));
        }
    }
}
