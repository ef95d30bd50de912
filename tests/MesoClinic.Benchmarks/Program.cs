using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MesoClinic.Benchmarks;

// dotnet run -c Release --project tests/MesoClinic.Benchmarks -- assessment | growth | million | booking | rescreening | recall | api [address] [key]
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(9).WithToolchain(InProcessEmitToolchain.Instance));
switch (args.FirstOrDefault())
{
    case "assessment":
        BenchmarkRunner.Run<OneAssessment>(config);
        break;
    case "growth":
        BenchmarkRunner.Run<Growth>(config);
        break;
    case "million":
        MillionPatients.Run();
        break;
    case "api":
        await ApiLoad.RunAsync(args[1..]);
        break;
    case "booking":
        await BookingRun.RunAsync();
        break;
    case "rescreening":
        await RescreeningRun.RunAsync();
        break;
    case "recall":
        Environment.ExitCode = await RecallRun.RunAsync();
        break;
    default:
        Console.WriteLine("Name one of: assessment, growth, million, booking, rescreening, recall, api.");
        break;
}
