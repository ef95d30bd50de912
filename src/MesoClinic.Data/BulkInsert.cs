using MesoClinic.Domain;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace MesoClinic.Data;

/// <summary>
/// Writes thousands of new records at once: untracked, table by table, through one prepared command each. For the demo clinic and the benchmarks,
/// where tracking and saving take ten times as long; what people do is saved by <see cref="DbContext.SaveChangesAsync(CancellationToken)"/>.
/// </summary>
public static class BulkInsert
{
    /// <summary>Inserts records and all that their collections hold. Keys are set by the caller, who has opened a transaction.</summary>
    public static async Task InsertAsync(this ClinicDbContext db, IEnumerable<object> records, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(records);
        var tables = new Dictionary<IEntityType, List<Row>>();
        foreach (var record in records)
        {
            Collect(db.Model.FindEntityType(record.GetType())!, new Row(record), tables);
        }

        foreach (var (type, rows) in tables.OrderBy(table => Depth(table.Key)))
        {
            await using var table = new Table(db, type);
            foreach (var row in rows)
            {
                await table.InsertAsync(row, token);
            }
        }
    }

    /// <summary>A record, then the parts in its collections, which get its key.</summary>
    private static void Collect(IEntityType type, Row row, Dictionary<IEntityType, List<Row>> tables)
    {
        if (!tables.TryGetValue(type, out var rows))
        {
            tables.Add(type, rows = []);
        }

        rows.Add(row);
        (row.Record as IVersioned)?.Version = Guid.NewGuid();
        foreach (var parts in type.GetNavigations().Where(navigation => navigation.IsCollection))
        {
            var key = parts.ForeignKey.PrincipalKey.Properties[0].GetGetter().GetClrValue(row.Record);
            foreach (var part in (IEnumerable<object>?)parts.GetGetter().GetClrValue(row.Record) ?? [])
            {
                Collect(parts.TargetEntityType, new Row(part, parts.ForeignKey.Properties[0], key), tables);
            }
        }
    }

    /// <summary>How many tables must be written before this one.</summary>
    private static int Depth(IEntityType type) =>
        type.GetForeignKeys().Where(key => key.PrincipalEntityType != type).Select(key => 1 + Depth(key.PrincipalEntityType)).DefaultIfEmpty().Max();

    /// <param name="OwnerKey">The property that holds the owner's key, when the record is a part of another.</param>
    private sealed record Row(object Record, IProperty? OwnerKey = null, object? Owner = null);

    private sealed class Table : IAsyncDisposable
    {
        private readonly List<IProperty> properties;
        private readonly DbCommand command;

        public Table(ClinicDbContext db, IEntityType type)
        {
            var name = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var sql = db.GetService<ISqlGenerationHelper>();
            properties = [.. type.GetProperties()];
            command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            command.CommandText =
                $"INSERT INTO {sql.DelimitIdentifier(name.Name, name.Schema)} ({string.Join(", ", properties.Select(p => sql.DelimitIdentifier(p.GetColumnName(name)!)))}) "
                + $"VALUES ({string.Join(", ", properties.Select((_, index) => $"@p{index}"))})";
            command.Parameters.AddRange(properties.Select((property, index) => property.GetRelationalTypeMapping().CreateParameter(command, $"@p{index}", null, nullable: true)).ToArray());
        }

        public async Task InsertAsync(Row row, CancellationToken token)
        {
            for (var index = 0; index < properties.Count; index++)
            {
                var value = properties[index] == row.OwnerKey ? row.Owner : properties[index].GetGetter().GetClrValue(row.Record);
                command.Parameters[index].Value = (properties[index].GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(token);
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
