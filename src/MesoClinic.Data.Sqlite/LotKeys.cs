using Microsoft.EntityFrameworkCore.Migrations;

namespace MesoClinic.Data.Sqlite;

/// <summary>Keys of lot numbers hold letters and digits only; those of old lots were made with five characters left out. Two of one product that turn out to be the same keep a key each.</summary>
internal static class LotKeys
{
    private const string LeftOut = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\u00a0\u2010\u2011\u2012\u2013\u2014\u2212·°´";

    public static void Correct(MigrationBuilder migration)
    {
        var (key, others) = (KeyOf("Lots.Number"), KeyOf("other.Number"));
        migration.Sql($"UPDATE Lots SET NumberKey = CASE WHEN EXISTS (SELECT 1 FROM Lots AS other WHERE other.ProductId = Lots.ProductId AND other.Id <> Lots.Id AND (other.NumberKey = {key} OR (other.Id < Lots.Id AND {others} = {key}))) "
            + $"THEN SUBSTR({key}, 1, 20) || '#' || Lots.Id ELSE {key} END WHERE NumberKey <> {key} AND NumberKey NOT LIKE '%#' || Lots.Id");
    }

    private static string KeyOf(string column) => $"UPPER({LeftOut.Aggregate(column, (text, sign) => $"REPLACE({text}, '{(sign == '\'' ? "''" : sign)}', '')")})";
}
