using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MesoClinic.Benchmarks;

// dotnet run -c Release --project tests/MesoClinic.Benchmarks
BenchmarkRunner.Run<Assessments>(DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
