using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MesoClinic.Benchmarks;

/// <summary>
/// A session booked through the whole pipeline to a durable commit, beside the very same statements sent by hand over ADO.NET: each booking's statements are
/// written down while it runs, and sent again to a copy of the database as it was before.
/// </summary>
internal static class BookingRun
{
    /// <summary>As many until the methods in use are compiled to the end, as they are in a portal that has run for an hour.</summary>
    private const int WarmUp = 1200;
    private const int Rooms = 8;
    private const int Bookings = 400;

    public static async Task RunAsync()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var places = new List<(Guid Practitioner, Guid Room)>();
        for (var n = 1; n <= Rooms; n++)
        {
            places.Add((await clinic.AddCosmetologistAsync($"Irina Volkova {n}"), await clinic.AddRoomAsync($"Room {n}")));
        }

        var commands = new List<BookAppointment.Command>();
        for (var n = 0; n < WarmUp + Bookings; n++)
        {
            var (irina, room) = places[n % Rooms];
            var patient = await clinic.AddHealthyPatientAsync(irina);
            await clinic.AddPastConsultationAsync(patient, irina, room);
            await clinic.InDatabaseAsync(async db =>
            {
                db.AllergyTests.Add(new AllergyTest { PatientId = patient, Ingredient = "ing-hyaluronic-acid", AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-2), Negative = true, AppliedById = irina });
                await db.SaveChangesAsync();
            });
            commands.Add(BookingBuilders.ABooking(patient, irina, room, AppointmentKind.Session, BookingBuilders.NextTuesday.AddDays(7 * (n / Rooms / 16)), new TimeOnly(9, 0).AddMinutes(30 * (n / Rooms % 16)).ToString("HH:mm", CultureInfo.InvariantCulture)));
        }

        var copy = Path.Combine(Path.GetTempPath(), $"mesoclinic-copy-{Guid.NewGuid():N}.db");
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));
        var statements = new Statements();
        using var listening = DiagnosticListener.AllListeners.Subscribe(statements);
        var (pipeline, byHand) = (new List<double>(), new List<double>());
        await using (var connection = new SqliteConnection($"Data Source={copy};Foreign Keys=True;Pooling=False"))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", []);
            foreach (var command in commands)
            {
                statements.Clear();
                var watch = Stopwatch.StartNew();
                (await clinic.SendAsync(command.PractitionerId!.Value, command)).Must();
                pipeline.Add(watch.Elapsed.TotalMilliseconds);

                watch.Restart();
                await using var transaction = await connection.BeginTransactionAsync();
                foreach (var (text, parameters) in statements.Written)
                {
                    await ExecuteAsync(connection, transaction, text, parameters);
                }

                await transaction.CommitAsync();
                byHand.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        File.Delete(copy);
        var (through, hand) = (Sorted(pipeline), Sorted(byHand));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Bookings} bookings of {statements.Written.Count} statements each"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"through the pipeline: median {Median(through):0.00} ms, p95 {P95(through):0.00} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same by hand:     median {Median(hand):0.00} ms, p95 {P95(hand):0.00} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of the medians: {Median(through) / Median(hand):0.0}"));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, DbTransaction? transaction, string text, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, (SqliteTransaction?)transaction);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var row = new object[Math.Max(1, reader.FieldCount)];
        do
        {
            while (await reader.ReadAsync())
            {
                reader.GetValues(row);
            }
        }
        while (await reader.NextResultAsync());
    }

    private static List<double> Sorted(List<double> times) => [.. times.Skip(WarmUp).Order()];

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static double P95(List<double> sorted) => sorted[(int)(sorted.Count * 0.95)];

    /// <summary>What was sent to the database since the last clear, in order.</summary>
    private sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public List<(string Text, IReadOnlyList<(string, object?)> Parameters)> Written { get; } = [];

        public void Clear() => Written.Clear();

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                value.Subscribe(this, name => name == RelationalEventId.CommandExecuting.Name);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandEventData { Command: var command })
            {
                Written.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
